using System.CommandLine;
using Tidemark.Composition.Configuration;

namespace Tidemark.Cli.Options;

/// <summary>The options that every command has.</summary>
internal sealed class SharedOptions
{
    public SettingOption Store { get; } = new("--store", "URL", SettingTable.Root, SettingPaths.Store)
    {
        Description = "Where the index lives: sqlite:PATH or postgres://USER@HOST/DATABASE [default: sqlite:.tidemark/tidemark.db]",
        Recursive = true,
    };

    public SettingOption Index { get; } = new("--index", "URL", SettingTable.Root, SettingPaths.Index)
    {
        Description = "Where vectors are indexed: store or chroma:http://HOST:PORT/COLLECTION; unset: as the index was built, "
            + "store for a new one",
        Recursive = true,
    };

    public SettingOption Namespace { get; } = new("--namespace", "NAME", SettingTable.Root, SettingPaths.Namespace)
    {
        Description = "The namespace to work on [default: default]",
        Recursive = true,
    };

    public SettingOption Embedder { get; } = new("--embedder", "SPEC", SettingTable.Root, SettingPaths.EmbeddingModel)
    {
        Description = "hashing:DIM or openai:MODEL[:DIM]; unset: as the index was built, hashing:384 for a new one",
        Recursive = true,
    };

    public DurationOption Wait { get; } = new("--wait", TimeSpan.FromDays(7))
    {
        Description = "Wait for another run instead of ending with exit code 6",
        Recursive = true,
    };

    public Switch Json { get; } = new("--json", "Print one JSON document on standard output, also on failure")
    {
        Recursive = true,
    };

    public Switch Plain { get; } = new("--plain", "Print plain lines, also on a terminal") { Recursive = true };

    public Switch Quiet { get; } = new("--quiet", "Print nothing but errors") { Recursive = true };

    public Switch Verbose { get; } = new(
        "--verbose", "Print every failed item, and where an unexpected failure happened")
    {
        Recursive = true,
    };

    public LogOption Log { get; } = new() { Recursive = true };

    public IEnumerable<Option> All => [Store, Index, Namespace, Embedder, Wait, Json, Plain, Quiet, Verbose, Log];
}
