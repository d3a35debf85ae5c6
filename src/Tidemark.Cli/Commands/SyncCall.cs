using Tidemark.Cli.Hosting;
using Tidemark.Composition;
using Tidemark.Composition.Configuration;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Syncing;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>What a call of <c>sync</c>, <c>plan</c> or <c>apply</c> asks for.</summary>
internal sealed class SyncCall
{
    private readonly CommandContext _context;
    private readonly SourceResolver _resolver;
    private readonly SyncOptions _request;
    private readonly ItemWarning? _above;

    /// <summary>Everything is checked here, before a store is made.</summary>
    /// <param name="context">Of the call.</param>
    /// <param name="options">What it decides by.</param>
    /// <param name="onlyFolders">Of the configured sources those that are folders are meant, and no other may be named.</param>
    /// <exception cref="TidemarkException"><c>usage</c> or <c>source.missing</c>.</exception>
    public SyncCall(CommandContext context, SyncFlags options, bool onlyFolders = false)
    {
        _context = context;
        var (parsed, settings) = (context.Parsed, context.Settings);
        _resolver = new SourceResolver(settings, context.Host.Folder, context.SourceFlags);
        var named = parsed.GetValue(options.Sources.Sources) ?? [];
        Sources = _resolver.Resolve(named, required: true);
        Sources = onlyFolders ? FoldersOf(Sources, isNamed: named.Length > 0) : Sources;
        _request = new SyncOptions
        {
            Sources = [],
            Cleanup = parsed.GetResult(options.Cleanup) is null ? null : CleanupModeName.Parse(settings.Cleanup),
            BatchSize = options.BatchSize.Of(parsed),
            Force = options.Force.IsOn(parsed),
            RetryRefused = options.RetryRefused.IsOn(parsed),
            DropRefused = options.DropRefused.IsOn(parsed),
            Rehash = options.Rehash.IsOn(parsed),
            IgnoreVersions = options.IgnoreVersions.IsOn(parsed),
            Rebuild = options.Rebuild.IsOn(parsed),
            Guard = GuardText.Parse(
                InputName.Flag(options.MaxDelete.Name),
                parsed.GetValue(options.MaxDelete),
                options.AllowDelete.IsOn(parsed),
                settings.Guard),
            Spending = new SpendingLimits(options.Budget.Of(parsed), settings.Cost.MonthlyBudget),
            Wait = context.Wait,
        };
        _above = StoreAbove.Find(settings, context.Host.Folder);
        _ = Factory.Create(_resolver.Settle(Sources, RegisteredSources.None));
    }

    /// <summary>As they are named; a store may know that one lies in another.</summary>
    public IReadOnlyList<SourceSettings> Sources { get; }

    public SpendingLimits Spending => _request.Spending;

    /// <summary>Whether standard output belongs to a connector's states.</summary>
    public bool HandsStatesOn => Sources.Any(source => source.Connector is not null);

    private SourceFactory Factory => new(_context.Settings, _request.Cleanup, _context.Host.Clock)
    {
        StandardInput = StandardInput.Open,
        Environment = _context.Host.Environment,
    };

    /// <summary>Looks for what makes the whole call unusable, before a store is made.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var factory = Factory;
        factory.Create(_resolver.Settle(Sources, RegisteredSources.None));
        await factory.LookAsync(cancellationToken);
    }

    /// <summary>With what only a call knows.</summary>
    public SyncReport Complete(SyncReport report) => _above is null
        ? report
        : report with { Warnings = [.. report.Warnings, _above] };

    public async Task<(IReadOnlyList<SourceSettings> Sources, SyncOptions Request)> RequestAsync(
        TidemarkIndex index, CancellationToken cancellationToken)
    {
        var store = await index.OpenStoreAsync(cancellationToken);
        var sources = await SettleAsync(store, cancellationToken);
        var factory = new SourceFactory(_context.Settings, _request.Cleanup, _context.Host.Clock)
        {
            StandardInput = StandardInput.Open,
            Whole = _request.Rehash,
            Environment = _context.Host.Environment,
            Polls = name => new SourceJournal(index, name, _context.Namespace),
            Journal = name => new ConnectorJournal(store.ServiceEntries, _context.Namespace, name, _context.Output.Terminal.Output, _context.Host.Clock),
        };
        return (sources, _request with { Sources = factory.Create(sources) });
    }

    /// <summary>The same for whoever watches.</summary>
    public async Task<WatchOptions> WatchAsync(ITidemarkStore store, CancellationToken cancellationToken) => new()
    {
        Folders = [.. (await SettleAsync(store, cancellationToken)).Select(Factory.FolderOf)],
        Sync = _request,
        Complete = _context.Settings.CompleteWatch,
    };

    private async Task<IReadOnlyList<SourceSettings>> SettleAsync(ITidemarkStore store, CancellationToken cancellationToken)
    {
        var registered = await RegisteredSources.LoadAsync(store.Reader, _context.Namespace, cancellationToken);
        return _resolver.Settle(Sources, registered);
    }

    private static SourceSettings[] FoldersOf(IReadOnlyList<SourceSettings> sources, bool isNamed)
    {
        SourceSettings[] folders = [.. sources.Where(source => source.Type == SourceType.Directory)];
        return folders.Length > 0 && (!isNamed || folders.Length == sources.Count) ? folders : throw new TidemarkException(
            ErrorCodes.Usage,
            $"'{sources.First(source => source.Type != SourceType.Directory).Given}' is no folder, and only folders can be watched",
            sources.Any(source => source.Sql is not null)
                ? "name folders; a database is asked again and again by 'tidemark worker', when its 'schedule' says"
                : "name folders; JSON lines are synced when they are written: tidemark sync FILE.jsonl");
    }
}
