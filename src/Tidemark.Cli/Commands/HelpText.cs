using System.CommandLine;

namespace Tidemark.Cli.Commands;

/// <summary>The help of a command in lines that fit, broken between words.</summary>
internal sealed class HelpText(int width)
{
    private const int WidestLabel = 30;

    public IEnumerable<string> Of(Command command, Command root)
    {
        yield return "Description:";
        foreach (var line in Indented(command.Description ?? "", 2))
        {
            yield return line;
        }

        yield return "";
        yield return "Usage:";
        yield return "  " + UsageOf(command);
        yield return "";
        foreach (var line in Sections(command, root).SelectMany(section => Section(section.Title, section.Rows)))
        {
            yield return line;
        }
    }

    private static IEnumerable<(string Title, IReadOnlyList<(string, string)> Rows)> Sections(Command command, Command root)
    {
        yield return ("Arguments", [.. command.Arguments.Select(a => (LabelOf(a), a.Description ?? ""))]);
        var commands = command.Subcommands.Where(c => !c.Hidden).ToArray();
        if (command == root)
        {
            foreach (var (title, group) in CommandGroups.Of(commands, c => c.Name))
            {
                yield return (title, [.. group.Select(RowOf)]);
            }
        }
        else
        {
            yield return ("Commands", [.. commands.Select(RowOf)]);
            yield return ("Options", [.. command.Options.Where(o => !o.Hidden).Select(RowOf)]);
        }

        var shared = root.Options.Where(o => !o.Hidden && (command == root || o.Recursive));
        yield return ("Options of every command", [.. shared.Select(RowOf)]);
    }

    private static (string, string) RowOf(Command command) =>
        (string.Join(' ', command.Arguments.Select(LabelOf).Prepend(command.Name)), command.Description ?? "");

    private static (string, string) RowOf(Option option)
    {
        var names = string.Join(", ", option.Aliases.Append(option.Name).Distinct(StringComparer.Ordinal).OrderBy(name => name.Length));
        return (option.HelpName is { } value && option.Arity.MaximumNumberOfValues > 0 ? $"{names} <{value}>" : names, option.Description ?? "");
    }

    /// <summary>What may be left out stands in brackets, what may come again has dots behind it.</summary>
    private static string LabelOf(Argument argument)
    {
        var name = $"<{argument.HelpName ?? argument.Name}>" + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string UsageOf(Command command)
    {
        var path = new List<string>();
        for (var at = command; at is not RootCommand; at = at.Parents.OfType<Command>().First())
        {
            path.Insert(0, at.Name);
        }

        return string.Join(' ', [
            "tidemark",
            .. path,
            .. command.Arguments.Select(LabelOf),
            .. command.Subcommands.Count > 0 ? ["<command>"] : Array.Empty<string>(),
            "[options]",
        ]);
    }

    private IEnumerable<string> Section(string title, IReadOnlyList<(string Label, string Text)> rows)
    {
        if (rows.Count == 0)
        {
            yield break;
        }

        yield return title + ":";
        var column = Math.Min(WidestLabel, rows.Max(row => row.Label.Length)) + 4;
        foreach (var (label, text) in rows)
        {
            var lines = Indented(text, column).ToArray();
            var fits = 2 + label.Length + 2 <= column;
            yield return fits && lines.Length > 0 ? ("  " + label).PadRight(column) + lines[0].TrimStart() : "  " + label;
            foreach (var line in lines.Skip(fits ? 1 : 0))
            {
                yield return line;
            }
        }

        yield return "";
    }

    private IEnumerable<string> Indented(string text, int indent)
    {
        var line = new string(' ', indent);
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > indent && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = new string(' ', indent);
            }

            line += line.Length > indent ? " " + word : word;
        }

        if (line.Length > indent)
        {
            yield return line;
        }
    }
}
