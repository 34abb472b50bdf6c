//! `cargo xtask wasm`: compile a browser crate, generate its bindings, report its size.

mod c_compiler;
mod size;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use lexopt::Arg::{Long, Short};
use lexopt::ValueExt;
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

const HELP: &str = "\
usage: cargo xtask wasm [--module engine|language|opfs-contract] [--profile wasm-dev|release] [--out DIR] [--optimize] [--brotli]

  --module    which module to build (default: engine); opfs-contract serves the browser tests
  --profile   cargo profile (default: wasm-dev)
  --out       where the bindings go (default: www/engine/wasm, wasm-tests/wasm for the contract)
  --optimize  run `wasm-opt -Oz` on the result; it must be on the PATH or in node_modules/.bin
  --brotli    also report the size under brotli, quality 9 (takes a minute on a large module)
";

/// What the command line asked for.
#[derive(Debug)]
struct Options {
    module: Module,
    profile: String,
    out: PathBuf,
    optimize: bool,
    brotli: bool,
}

/// What runs in a browser.
#[derive(Debug, Clone, Copy)]
enum Module {
    Engine,
    Language,
    OpfsContract,
}

impl Module {
    fn parse(name: &str) -> Result<Self> {
        match name {
            "engine" => Ok(Module::Engine),
            "language" => Ok(Module::Language),
            "opfs-contract" => Ok(Module::OpfsContract),
            other => {
                bail!("no module is called `{other}`; there are `engine`, `language` and `opfs-contract`")
            }
        }
    }

    fn name(self) -> &'static str {
        match self {
            Module::Engine => "engine",
            Module::Language => "language",
            Module::OpfsContract => "opfs-contract",
        }
    }

    fn package(self) -> &'static str {
        match self {
            Module::Engine => "kinglet-wasm",
            Module::Language => "kinglet-language",
            Module::OpfsContract => "kinglet-opfs",
        }
    }

    /// The cargo profile of a build: the language module's release has one of its own, for size.
    fn profile(self, profile: &str) -> &str {
        match (self, profile) {
            (Module::Language, "release") => "language",
            _ => profile,
        }
    }

    fn default_out(self) -> &'static str {
        match self {
            Module::Engine | Module::Language => "www/engine/wasm",
            Module::OpfsContract => "wasm-tests/wasm",
        }
    }
}

/// Run the command with the arguments that follow `wasm`.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let Some(options) = parse(lexopt::Parser::from_args(arguments))? else {
        print!("{HELP}");
        return Ok(());
    };
    let compiled = compile(root, &options)?;
    let out = root.join(&options.out);
    bind(&compiled, &out, &options)?;
    let wasm = out.join(format!("{}_bg.wasm", options.module.name()));
    if options.optimize {
        optimize(root, &wasm)?;
    }
    println!("{}", size::report(&wasm, options.brotli)?);
    Ok(())
}

/// Whether a C compiler that can produce wasm is at hand.
pub(crate) fn has_c_compiler() -> bool {
    c_compiler::find().is_some()
}

/// Builds every browser module that exists, each into its usual folder.
pub(crate) fn build_modules(root: &Path, profile: &str) -> Result<()> {
    for module in [Module::Engine, Module::Language] {
        if root.join("crates").join(module.package()).exists() {
            run(root, &["--module", module.name(), "--profile", profile].map(str::to_owned))?;
        }
    }
    Ok(())
}

fn parse(mut arguments: lexopt::Parser) -> Result<Option<Options>> {
    let mut module = Module::Engine;
    let mut profile = "wasm-dev".to_owned();
    let mut out = None;
    let (mut optimize, mut brotli) = (false, false);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("module") => module = Module::parse(&arguments.value()?.string()?)?,
            Long("profile") => profile = arguments.value()?.string()?,
            Long("out") => out = Some(PathBuf::from(arguments.value()?)),
            Long("optimize") => optimize = true,
            Long("brotli") => brotli = true,
            Long("help") | Short('h') => return Ok(None),
            other => return Err(other.unexpected().into()),
        }
    }
    let out = out.unwrap_or_else(|| module.default_out().into());
    Ok(Some(Options { module, profile, out, optimize, brotli }))
}

/// Build the module alone and return the path of the `.wasm` file.
fn compile(root: &Path, options: &Options) -> Result<PathBuf> {
    let package = options.module.package();
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    cargo.current_dir(root);
    let file = match options.module {
        Module::OpfsContract => {
            cargo.args(["build", "--example", options.module.name()]);
            format!("examples/{}.wasm", options.module.name().replace('-', "_"))
        }
        Module::Engine | Module::Language => {
            cargo.args(["rustc", "--lib", "--crate-type", "cdylib"]);
            format!("{}.wasm", package.replace('-', "_"))
        }
    };
    let profile = options.module.profile(&options.profile);
    cargo.args(["--target", TARGET, "--package", package, "--profile", profile]);
    if options.profile != "release" {
        crate::check::with_lints(&mut cargo);
    }
    if !matches!(options.module, Module::Language) {
        c_compiler::configure(&mut cargo)?;
    }
    let status = cargo.status().context("cargo did not start")?;
    ensure!(status.success(), "building {package} for {TARGET} failed");

    let target = crate::program::target(root);
    let folder = if profile == "dev" { "debug" } else { profile };
    Ok(target.join(TARGET).join(folder).join(file))
}

/// Write `<module>.js`, `<module>.d.ts` and `<module>_bg.wasm` into `out`. A release build goes without
/// the names of its functions, which are a tenth of its bytes.
fn bind(compiled: &Path, out: &Path, options: &Options) -> Result<()> {
    let mut bindgen = Bindgen::new();
    let release = options.profile != "wasm-dev";
    bindgen.remove_name_section(release).remove_producers_section(release);
    bindgen
        .input_path(compiled)
        .out_name(options.module.name())
        .typescript(true)
        .omit_default_module_path(true);
    bindgen.web(true)?;
    bindgen.generate(out).with_context(|| format!("generating the bindings of {}", compiled.display()))
}

/// Shrink the module in place. The features named are those rustc turns on.
fn optimize(root: &Path, wasm: &Path) -> Result<()> {
    let local = root.join("node_modules/.bin/wasm-opt");
    let program = if local.exists() { local.into_os_string() } else { OsString::from("wasm-opt") };
    let status = Command::new(program)
        .args(["-Oz", "--enable-simd", "--enable-bulk-memory", "--enable-nontrapping-float-to-int"])
        .args([
            "--enable-sign-ext",
            "--enable-mutable-globals",
            "--enable-reference-types",
            "--enable-multivalue",
        ])
        .arg(wasm)
        .arg("-o")
        .arg(wasm)
        .status()
        .context("wasm-opt did not start; `npm install` brings it (package binaryen)")?;
    ensure!(status.success(), "wasm-opt failed on {}", wasm.display());
    Ok(())
}
