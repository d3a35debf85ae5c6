using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using System.Text;
using Tidemark.Cli.Commands;
using Tidemark.Cli.Hosting;

namespace Tidemark.Cli.Tests.Unit.Documentation;

/// <summary><c>docs/cli.md</c>.</summary>
internal static class CliDocument
{
    public static string Generate(CommandHost host)
    {
        var root = CommandTree.Build(host);
        var text = new StringBuilder(CliProse.Head);
        AppendOptions(text, root.Options);
        text.Append(CliProse.Sources);
        text.Append("\n## Commands\n");
        foreach (var command in root.Subcommands)
        {
            Append(text, command, command.Name);
        }

        text.Append(CliProse.Json);
        AppendExitCodes(text);
        AppendErrorCodes(text);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Command command, string path)
    {
        var arguments = string.Concat(command.Arguments.Select(a => " " + Usage(a)));
        text.Append($"\n### {path}{arguments}\n\n{command.Description}\n");
        foreach (var argument in command.Arguments)
        {
            text.Append($"\n`{argument.Name}`: {Cell(argument.Description)}\n");
        }

        if (command.Options.Any())
        {
            AppendOptions(text, command.Options);
        }

        if (command.Subcommands.Count == 0 && command is TidemarkCommand { Examples: { Count: > 0 } examples })
        {
            text.Append("\n```\n").AppendJoin('\n', examples).Append("\n```\n");
        }

        foreach (var inner in command.Subcommands)
        {
            Append(text, inner, $"{path} {inner.Name}");
        }
    }

    private static void AppendOptions(StringBuilder text, IEnumerable<Option> options)
    {
        text.Append("\n| flag | meaning |\n|---|---|\n");
        foreach (var option in options)
        {
            var names = string.Join("`, `", option.Aliases.Prepend(option.Name).Distinct(StringComparer.Ordinal));
            var value = option.HelpName is { } name ? " " + name : "";
            var shown = option is HelpOption ? "--help" : names;
            text.Append($"| `{shown}{Cell(value)}` | {Cell(option.Description)} |\n");
        }
    }

    private static string Usage(Argument argument) => argument.Arity switch
    {
        { MinimumNumberOfValues: 0, MaximumNumberOfValues: 1 } => $"[{argument.Name}]",
        { MinimumNumberOfValues: 0 } => $"[{argument.Name}…]",
        _ => argument.Name,
    };

    private static string Cell(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal);

    private static void AppendExitCodes(StringBuilder text)
    {
        text.Append("\n## Exit codes\n\nWhere several apply, the first of these counts; of a `verify` 4 before 3.\n\n");
        text.Append("| code | meaning |\n|---|---|\n");
        foreach (var (code, meaning) in ExitCodes.Meanings)
        {
            text.Append($"| {code} | {meaning} |\n");
        }
    }

    private static void AppendErrorCodes(StringBuilder text)
    {
        text.Append("\n## Error codes\n\n");
        text.Append("They are stable. An item's failure is in the report's `errors` and ends with 3.\n\n");
        text.Append("| code | exit code when it ends the call | meaning |\n|---|---|---|\n");
        foreach (var code in ErrorCodeNames())
        {
            var kind = ErrorKinds.Of(code);
            var exit = kind == ErrorKind.Warning ? "none" : $"{ExitCodes.Of(kind)}";
            var passes = kind is ErrorKind.Busy or ErrorKind.Unavailable ? "; it passes by itself" : "";
            text.Append($"| `{code}` | {exit} | {CliProse.ErrorMeanings[code]}{passes} |\n");
        }
    }

    private static IEnumerable<string> ErrorCodeNames() =>
        typeof(ErrorCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (string)f.GetRawConstantValue()!);
}
