using System.CommandLine;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Composition;
using Tidemark.Composition.Configuration;
using Tidemark.Indexing;

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
    public StoreOpener OpenerOf(StoreLocation location) => new(location, Host.Clock, Tell)
    {
        Memory = UserMemory.Of(location, Host.Environment),
    };

    private void Tell(string text)
    {
        if (!Output.IsQuiet && Output.Log is null)
        {
            Output.Note(text);
        }
    }

    /// <summary>The index, to be changed as the settings say.</summary>
    /// <param name="open">One of the ways of <see cref="Stores"/>.</param>
    /// <param name="notice">Hears of the provider; null: nobody does.</param>
    public TidemarkIndex ToChange(Func<CancellationToken, Task<ITidemarkStore>> open, ProviderNotice? notice = null) =>
        Composer.Compose(open, Settings.Pipeline, notice);

    /// <summary>The index as it was built, unless this very call asks for another embedder or place.</summary>
    /// <param name="open">One of the ways of <see cref="Stores"/>.</param>
    /// <param name="leavesExternalIndexes">Whatever is indexed outside of the store stays there.</param>
    public TidemarkIndex ToAsk(Func<CancellationToken, Task<ITidemarkStore>> open, bool leavesExternalIndexes = false) =>
        (Composer with { LeavesExternalIndexes = leavesExternalIndexes }).Compose(open, Asked, notice: null);

    private IndexComposer Composer => new(Settings, Host.Environment, Host.Clock)
    {
        OnSilence = Output.IsQuiet ? null : Output.Note,
    };

    public string Namespace => Settings.Namespace;

    /// <summary>Whether the namespace was named in this very call.</summary>
    public bool NamesNamespace => Parsed.GetResult(Host.Shared.Namespace) is { Implicit: false };

    public TimeSpan Wait => Host.Shared.Wait.Of(Parsed);

    /// <summary>Tells of a long run while it goes on.</summary>
    public RunNarration Narrate(string command) => new(Output, Host.Clock, command);

    /// <summary>What somebody asked of the pipeline in this very call; a question follows the index otherwise.</summary>
    public PipelineSettings Asked => new()
    {
        Embedder = Parsed.GetResult(Host.Shared.Embedder) is null ? null : Settings.Pipeline.Embedder,
        Index = AskedIndex,
    };

    /// <summary>Where vectors are indexed as somebody asked in this very call; null: as the index was built.</summary>
    public string? AskedIndex => Parsed.GetResult(Host.Shared.Index) is null ? null : Settings.Pipeline.Index;
}
