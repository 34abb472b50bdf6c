//! Tinybird's SQL template language: parse, extract parameters, render.
