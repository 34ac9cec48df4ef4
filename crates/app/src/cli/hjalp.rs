//! Help in Swedish: headings, usage and order, the same for every command.

use clap::{Arg, Command};

const TEMPLATE: &str = "{about-with-newline}\nAnvändning: {usage}\n\n{all-args}{after-help}";

/// The command with its subcommands, their help in Swedish. `path` is how the command is called.
pub fn swedish(command: Command, path: &str) -> Command {
    let subcommands: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let order: Vec<clap::Id> = command.get_arguments().map(|arg| arg.get_id().clone()).collect();
    let place = |arg: &Arg| order.iter().position(|id| id == arg.get_id()).unwrap_or(order.len());
    let usage = usage(&command, path);
    let mut command = command
        .help_template(TEMPLATE)
        .override_usage(usage)
        .disable_help_subcommand(true)
        .subcommand_help_heading("Kommandon")
        .subcommand_value_name("KOMMANDO")
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "Argument" } else { "Val" };
            let place = place(&arg);
            arg.help_heading(heading).display_order(place)
        });
    for name in subcommands {
        let path = format!("{path} {name}");
        command = command.mut_subcommand(name, |sub| swedish(sub, &path));
    }
    command
}

/// `samsyn siffror [VAL] <PERIOD>`: what must be given stands out.
fn usage(command: &Command, path: &str) -> String {
    let mut usage = format!("{path} [VAL]");
    if command.has_subcommands() {
        return usage + " KOMMANDO";
    }
    let value = |arg: &Arg| {
        let names = arg.get_value_names().unwrap_or_default();
        names.first().map_or_else(String::new, |name| format!("<{name}>"))
    };
    for arg in command.get_arguments().filter(|arg| arg.is_required_set()) {
        match arg.get_long() {
            Some(long) => usage += &format!(" --{long} {}", value(arg)),
            None => usage += &format!(" {}", value(arg)),
        }
    }
    usage
}
