using Tidemark.Formats;

namespace Tidemark.Composition.Configuration;

/// <summary>Binds the configured extractors.</summary>
internal static class ExtractorBinder
{
    public static IReadOnlyList<CommandOptions> Bind(
        string root, IReadOnlyList<SettingLayer> layers, ICollection<ConfigurationMistake> mistakes)
    {
        var bound = new List<CommandOptions>();
        foreach (var layer in layers)
        {
            foreach (var values in layer.Extractors ?? [])
            {
                if (values.Text(SettingPaths.ExtractorGlob) is { } glob
                    && values.Texts(SettingPaths.ExtractorCommand) is { } command)
                {
                    Check(glob, command, mistakes);
                    bound.Add(Bind(root, glob, command, values));
                }
            }
        }

        return bound;
    }

    private static CommandOptions Bind(string root, string glob, IReadOnlyList<string> command, SettingValues values)
    {
        var options = new CommandOptions { Pattern = glob, Command = command, Folder = root };
        return options with
        {
            Timeout = values.Number(SettingPaths.ExtractorTimeout) is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : options.Timeout,
            MaxOutputBytes = values.Integer(SettingPaths.ExtractorMaxOutput) ?? options.MaxOutputBytes,
        };
    }

    private static void Check(string glob, IReadOnlyList<string> command, ICollection<ConfigurationMistake> mistakes)
    {
        if (command.Count == 0 || string.IsNullOrWhiteSpace(command[0]) || command.Any(part => part.Contains('\0', StringComparison.Ordinal)))
        {
            mistakes.Add(new(
                $"the extractor of '{glob}' names no program",
                "write the program and its arguments as a list: [\"pdftotext\", \"{file}\", \"-\"]"));
        }
        else if (command is [var only] && only.Contains(' ', StringComparison.Ordinal))
        {
            mistakes.Add(new(
                $"the command '{only}' of the extractor of '{glob}' is one text, but no shell takes it apart",
                "write the program and each argument as a text of its own: [\"pdftotext\", \"{file}\", \"-\"]"));
        }
    }
}
