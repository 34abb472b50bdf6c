// Writes src/assets/feeder_visits.csv: invented visits of birds to three feeders over two weeks.
// The numbers come from a fixed seed, so that running it again changes nothing.

import { writeFileSync } from "node:fs";

let state = 20260105;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const pick = (weighted) => {
  let left = random() * weighted.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of weighted) if ((left -= weight) < 0) return value;
  return weighted[0][0];
};

const species = [
  ["great tit", 22],
  ["blue tit", 24],
  ["house sparrow", 18],
  ["chaffinch", 12],
  ["robin", 10],
  ["goldcrest", 6],
  ["firecrest", 3],
  ["nuthatch", 5],
  ["long-tailed tit", 4],
  ["blackbird", 8],
];
const feeders = [
  ["north", 5],
  ["south", 4],
  ["pond", 2],
];
const foods = { north: "sunflower", south: "suet", pond: "peanut" };
const start = Date.UTC(2026, 0, 5, 7, 30);
const lines = ["visited_at,feeder,food,species,birds,seconds,temperature_c,ringed"];

const visits = [];
for (let index = 0; index < 600; index += 1) {
  const day = Math.floor(random() * 14);
  const minute = Math.floor((random() + random()) * 0.5 * 540);
  visits.push({ day, minute });
}
visits.sort((a, b) => a.day - b.day || a.minute - b.minute);
for (const { day, minute } of visits) {
  const at = new Date(start + day * 86_400_000 + minute * 60_000 + Math.floor(random() * 60) * 1000);
  const feeder = pick(feeders);
  const name = pick(species);
  const birds = name === "long-tailed tit" ? 3 + Math.floor(random() * 8) : 1 + Math.floor(random() * random() * 4);
  const seconds = 4 + Math.floor(random() * random() * 240);
  const temperature = (-3 + 4 * Math.sin(day / 2) + (minute / 540) * 5 + random() * 2).toFixed(1);
  const time = at.toISOString().slice(0, 19).replace("T", " ");
  lines.push([time, feeder, foods[feeder], name, birds, seconds, temperature, random() < 0.12].join(","));
}
writeFileSync(new URL("../src/assets/feeder_visits.csv", import.meta.url), `${lines.join("\n")}\n`);
