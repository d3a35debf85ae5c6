using System.CommandLine;
using Tidemark.Cli.Composition;
using Tidemark.Cli.Configuration;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;
using Tidemark.Cli.Trust;
using Tidemark.Syncing;

namespace Tidemark.Cli.Commands;

/// <summary>What one command works with: the parsed call, the settings, the output.</summary>
internal sealed class CommandContext
{
    private static readonly SettingValues NoSourceFlags = new();

    public CommandContext(CommandHost host, ParseResult parsed, SourceOptions? sources = null)
    {
        Host = host;
        Parsed = parsed;
        Output = new CommandOutput(host.Terminal, parsed, host.Shared);
        var flags = FlagLayer.Read(parsed, host.Folder);
        SourceFlags = sources is null ? NoSourceFlags : FlagLayer.ReadSources(parsed, sources, flags);
        Settings = ConfigurationLoader.Load(host.Folder, host.Environment, flags);
        TrustGate.Check(Settings, host, Output);
        NameFile();
        Stores = OpenerOf(Settings.Store);
    }

    public CommandHost Host { get; }

    public ParseResult Parsed { get; }

    public CommandOutput Output { get; }

    public TidemarkSettings Settings { get; }

    /// <summary>Flags that change every source of this call.</summary>
    public SettingValues SourceFlags { get; }

    public StoreOpener Stores { get; }

    /// <summary>Settings from elsewhere may surprise; among the lines of a log they would be no line of it.</summary>
    private void NameFile()
    {
        if (Settings.File is { } file && Settings.Root != Host.Folder && !Output.IsQuiet && Output.Log is null)
        {
            PlainRenderer.Render(Host.Terminal.Error, [new Block.Line($"settings: {Path.GetRelativePath(Host.Folder, file)}")]);
        }
    }

    /// <summary>To another store than that of the settings.</summary>
    public StoreOpener OpenerOf(StoreLocation location) =>
        new(location, new ExternalIndexChoice(Host.Environment, Host.Clock), Host.Clock);

    public string Namespace => Settings.Namespace;

    public TimeSpan Wait => Host.Shared.Wait.Of(Parsed);

    /// <summary>For what does not wait for locks by itself.</summary>
    public LockPatience Patience => new(Wait, Host.Clock);

    /// <summary>Tells of a long run while it goes on.</summary>
    public RunNarration Narration => new(Output, Host.Clock);

    /// <summary>From a specification to a model.</summary>
    public EmbedderChoice Embedders => new(Settings.Pipeline.Provider, Host.Environment, Host.Clock) { OnWait = Narration.OnWait };

    /// <summary>The pipeline with what its model costs, for whoever may have to pay.</summary>
    public SyncPipeline Priced(SyncPipeline pipeline) => pipeline with
    {
        Model = pipeline.Model with { PricePerMillionTokens = Settings.Cost.PriceOf(pipeline.Model.Space.Name) },
    };

    /// <summary>
    /// What somebody asked of the embedder in this very call; a question follows the index otherwise.
    /// </summary>
    public PipelineSettings QueryPipeline => new()
    {
        Embedder = Parsed.GetResult(Host.Shared.Embedder) is null ? null : Settings.Pipeline.Embedder,
        Index = AskedIndex,
    };

    /// <summary>Where vectors are indexed as somebody asked in this very call; null: as the index was built.</summary>
    public string? AskedIndex => Parsed.GetResult(Host.Shared.Index) is null ? null : Settings.Pipeline.Index;
}
