/** The sample that comes with the app: visits to a garden's bird feeders, and a pipe over them. */

import address from "../assets/feeder_visits.csv?url";

export async function sampleFile(): Promise<File> {
  const response = await fetch(address);
  if (!response.ok) throw new Error("The sample could not be loaded.");
  return new File([await response.blob()], "feeder_visits.csv", { type: "text/csv" });
}

export const samplePipe = {
  name: "visits_by_species",
  text: `DESCRIPTION >
    Visits and birds at the feeders, by species

NODE visits
SQL >
    %
    SELECT *
    FROM feeder_visits
    WHERE visited_at >= {{DateTime(since, '2026-01-05 00:00:00', description='First moment to count')}}
    {% if defined(feeder) %}
    AND feeder = {{String(feeder, description='North, south or pond')}}
    {% end %}

NODE by_species
SQL >
    %
    SELECT
      species,
      count() AS visits,
      sum(birds) AS birds,
      round(avg(temperature_c), 1) AS mean_temperature
    FROM visits
    GROUP BY species
    ORDER BY visits DESC
    LIMIT {{Int32(limit, 10, description='Number of species')}}
TYPE endpoint
`,
};
