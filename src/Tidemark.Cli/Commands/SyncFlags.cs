using System.CommandLine;
using Tidemark.Cli.Options;
using Tidemark.Composition.Configuration;

namespace Tidemark.Cli.Commands;

/// <summary>What <c>sync</c> and <c>plan</c> decide by.</summary>
internal sealed class SyncFlags
{
    public SourceOptions Sources { get; } = new();

    public SettingOption Cleanup { get; } = CleanupOption("What happens to documents that are not seen");

    public IReadOnlyList<SettingOption> Chunking { get; } = ChunkingOptions();

    public NumberOption BatchSize { get; } = new("--batch-size", "N", 1000, (1, 100_000))
    {
        Description = "Documents in one transaction; the result does not depend on it [default: 500]",
    };

    public Switch Force { get; } = new("--force", "Embed again what did not change");

    public Switch RetryRefused { get; } = new(
        "--retry-refused", "Send again what the model refused before, and nothing else that did not change");

    public Switch Rehash { get; } = new("--rehash", "Read everything; trust no change token");

    public Switch IgnoreVersions { get; } = new(
        "--ignore-versions", "Take what comes although its version or time is older than what is stored, or equal");

    public Switch Rebuild { get; } = new(
        "--rebuild", "Accept another chunker or embedder: build a new generation and let it answer");

    public Switch DropRefused { get; } = new(
        "--drop-refused", "With --rebuild: documents of which the new model refuses a chunk leave the index, instead of ending the rebuild");

    public Option<string> MaxDelete { get; } = new("--max-delete")
    {
        HelpName = "N|N%",
        Description = "The deletion guard's bound [default: more than 10 documents and more than 20%]",
    };

    public MoneyOption Budget { get; } = new("--budget")
    {
        Description = "End before the request that would make this run cost more [default: no limit but the month's]",
    };

    public Switch AllowDelete { get; } = new("--allow-delete", "Delete whatever has gone");

    /// <param name="meaning">What the mode is for.</param>
    public static SettingOption CleanupOption(string meaning) => Of(
        "--cleanup", "MODE", SettingPaths.Cleanup,
        $"{meaning}: none, incremental, full or scoped-full [default: full for directories, incremental for JSON lines]");

    /// <summary>How texts are cut, and their words read.</summary>
    public static IReadOnlyList<SettingOption> ChunkingOptions() =>
    [
        Of("--chunker", "NAME", SettingPaths.Chunker, "structured, recursive or none"),
        Of("--chunk-size", "N", SettingPaths.ChunkSize, "The size of a chunk, in characters"),
        Of("--chunk-overlap", "N", SettingPaths.ChunkOverlap, "What neighbours share, in characters (recursive only)"),
        Of("--stemming", "LANGUAGE", SettingPaths.Stemming, "Find words in their other forms, too: a language, or none"),
    ];

    /// <summary>All of them but the sources.</summary>
    public IEnumerable<Option> All => [.. Sources.All, Cleanup, .. Chunking, .. Deciding];

    private Option[] Deciding =>
        [BatchSize, Force, RetryRefused, Rehash, IgnoreVersions, Rebuild, DropRefused, MaxDelete, AllowDelete, Budget];

    /// <summary>What can be said of folders that are watched.</summary>
    public void AddForWatching(Command command)
    {
        command.Add(Sources.Sources);
        command.Add(Sources.Include);
        command.Add(Sources.Exclude);
        command.Add(Sources.NoIgnore);
        command.Add(Sources.Settings[0]);
        command.Add(Cleanup);
        foreach (var option in Chunking)
        {
            command.Add(option);
        }

        command.Add(BatchSize);
        command.Add(MaxDelete);
        command.Add(Budget);
    }

    public void AddTo(Command command)
    {
        Sources.AddTo(command);
        command.Add(Cleanup);
        foreach (var option in Chunking)
        {
            command.Add(option);
        }

        foreach (var option in Deciding)
        {
            command.Add(option);
        }
    }

    private static SettingOption Of(string name, string helpName, string path, string description) =>
        new(name, helpName, SettingTable.Root, path) { Description = description };
}
