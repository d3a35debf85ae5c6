using System.CommandLine;
using Tidemark.Composition.Configuration;

namespace Tidemark.Cli.Options;

/// <summary>How sources are read; for the commands that read them.</summary>
internal sealed class SourceOptions
{
    public Argument<string[]> Sources { get; } = new("SOURCE")
    {
        Description = "A directory, FILE.jsonl, - (JSON lines on standard input), git:REPOSITORY@BRANCH//FOLDER, or a configured source's name; "
            + "none: all configured ones",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<string[]> Include { get; } = new("--include")
    {
        HelpName = "GLOB",
        Description = "Directory, git: files to take, repeatable [default: every text format]",
    };

    public Option<string[]> Exclude { get; } = new("--exclude")
    {
        HelpName = "GLOB",
        Description = "Directory, git: files and folders to leave out, repeatable",
    };

    public Switch NoIgnore { get; } = new("--no-ignore", "Directory, git: take no notice of .gitignore and .tidemarkignore");

    public IReadOnlyList<SettingOption> Settings { get; } =
    [
        Of("--source-name", "NAME", SettingPaths.SourceName, "Name the source [default: its path, or jsonl]"),
        Of("--source-id-key", "FIELD", SettingPaths.SourceIdKey,
            "JSON lines: the metadata field that is the source id"),
        Of("--source-id-template", "TEXT", SettingPaths.SourceIdTemplate,
            "JSON lines: the source id, made of fields: 'db/products/{id}'"),
        Of("--id-key", "FIELD", SettingPaths.IdKey, "JSON lines: the field that is the id [default: id]"),
        Of("--text-key", "FIELD", SettingPaths.TextKey,
            "JSON lines: the field that is the text [default: the first of text, content, page_content]"),
        Of("--text-template", "TEXT", SettingPaths.TextTemplate,
            "JSON lines: the text, made of fields: 'Product: {name}'"),
        Of("--format", "NAME", SettingPaths.SourceFormat, "JSON lines: singer or airbyte: they are messages of a connector [default: jsonl]"),
    ];

    /// <summary>All of them but the sources themselves.</summary>
    public IEnumerable<Option> All => [Include, Exclude, NoIgnore, .. Settings];

    public void AddTo(Command command)
    {
        command.Add(Sources);
        command.Add(Include);
        command.Add(Exclude);
        command.Add(NoIgnore);
        AddRecordsTo(command);
    }

    /// <summary>What JSON lines need of them.</summary>
    public void AddRecordsTo(Command command)
    {
        foreach (var option in Settings)
        {
            command.Add(option);
        }
    }

    private static SettingOption Of(string name, string helpName, string path, string description) =>
        new(name, helpName, SettingTable.Source, path) { Description = description };
}
