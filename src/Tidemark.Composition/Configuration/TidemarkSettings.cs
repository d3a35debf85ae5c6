using Tidemark.Agents;
using Tidemark.Formats;
using Tidemark.Reporting;
using Tidemark.Syncing;
using Tidemark.Syncing.Rules;

namespace Tidemark.Composition.Configuration;

/// <summary>What one call works with: defaults, file, environment and flags, checked and put together.</summary>
internal sealed record TidemarkSettings
{
    /// <summary>The folder of <c>tidemark.json</c>, else the working directory; absolute.</summary>
    public required string Root { get; init; }

    /// <summary>The file that was read; null: there is none.</summary>
    public string? File { get; init; }

    /// <summary>What the file wants beyond its folder.</summary>
    public IReadOnlyList<ReachingSetting> Reach { get; init; } = [];

    public required StoreLocation Store { get; init; }

    public required string Namespace { get; init; }

    /// <summary>The namespaces that delete nothing.</summary>
    public IReadOnlyCollection<string> AppendOnlyNamespaces { get; init; } = [];

    /// <summary>Whether the namespace of this call is one of them.</summary>
    public bool AppendOnly => AppendOnlyNamespaces.Contains(Namespace, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<SourceSettings> Sources { get; init; } = [];

    /// <summary>Sources that are databases.</summary>
    public IReadOnlyList<FeedSettings> Feeds { get; init; } = [];

    /// <summary>Whether whoever carries changes out carries them on as well.</summary>
    public bool CarriesFeeds { get; init; } = true;

    /// <summary>Where documents can be looked at, by the names of their sources.</summary>
    public IReadOnlyDictionary<string, UrlTemplate> Urls => Sources.Where(source => source.Url is not null)
        .DistinctBy(source => source.Name, StringComparer.Ordinal)
        .ToDictionary(source => source.Name, source => source.Url!, StringComparer.Ordinal);

    public IReadOnlyList<CommandOptions> Extractors { get; init; } = [];

    /// <summary>The cleanup mode for sources that name none; null: the source type's own.</summary>
    public string? Cleanup { get; init; }

    public PipelineSettings Pipeline { get; init; } = new();

    public long GuardMaxDocuments { get; init; }

    public double GuardMaxShare { get; init; }

    public DeletionGuard Guard => new(GuardMaxDocuments, GuardMaxShare);

    /// <summary>What holds for documents that say nothing themselves.</summary>
    public DocumentPolicy Policy { get; init; } = DocumentPolicy.None;

    public bool KeepText { get; init; }

    public LimitSettings Limits { get; init; } = new();

    public HtmlOptions Html { get; init; } = new();

    public RetentionSettings Retention { get; init; } = new();

    /// <summary>Null: nothing is exported.</summary>
    public TelemetrySettings? Telemetry { get; init; }

    public CostSettings Cost { get; init; } = new();

    public AlertSettings Alerts { get; init; } = new();

    /// <summary>How often <c>watch</c> lists everything.</summary>
    public TimeSpan CompleteWatch { get; init; }

    public ServiceSettings Service { get; init; } = ServiceSettings.Bind(new SettingValues(), []);

    /// <summary>What may be spent where a call sets no limit of its own.</summary>
    public SpendingLimits Spending => new(null, Cost.MonthlyBudget);

    /// <summary>What a status is about, and when it is an alert.</summary>
    public StatusOptions Status => Alerts.With(Cost) with { Jobs = Schedules.Jobs, Feeds = [.. Feeds.Select(feed => feed.Name)] };

    /// <summary>Where other systems send their events.</summary>
    public IReadOnlyList<HookSettings> Hooks { get; init; } = [];

    public ScheduleSettings Schedules { get; init; } = new([], TimeSpan.Zero);

    public QueueSettings Queue { get; init; } = QueueSettings.Bind(new SettingValues());
}
