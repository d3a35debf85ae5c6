using System.Collections;
using Tidemark.Composition.Configuration;
using Tidemark.Postgres.Feeding;
using Tidemark.Streaming;

namespace Tidemark.Composition;

/// <summary>From settings to feeds.</summary>
/// <param name="Settings">Which there are.</param>
/// <param name="Environment">Where addresses may be.</param>
internal sealed record FeedComposer(TidemarkSettings Settings, IDictionary Environment)
{
    /// <param name="names">Null or none: all.</param>
    /// <exception cref="TidemarkException"><c>usage</c>, <c>source.missing</c>, <c>namespace.append-only</c>, <c>configuration.invalid</c>.</exception>
    public IReadOnlyList<PostgresFeedOptions> Compose(IReadOnlyList<string>? names)
    {
        if (Settings.Feeds.Count == 0)
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                "no source is a database",
                "put one into 'tidemark.json': \"sources\": { \"products\": { \"postgres\": \"…\", \"tables\": { … } } }; docs/feed.md shows it");
        }

        if (Settings.AppendOnly)
        {
            throw new TidemarkException(
                ErrorCodes.NamespaceAppendOnly,
                $"the namespace '{Settings.Namespace}' is append-only, and a feed brings deletions",
                "feed another namespace: --namespace NAME");
        }

        return Compose(names is { Count: > 0 } ? names.Distinct(StringComparer.Ordinal).Select(Find) : Settings.Feeds);
    }

    /// <summary>Those that are carried on beside other work, where it goes on until it is stopped. A namespace that deletes nothing has none: see <see cref="LeaveOut"/>.</summary>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>.</exception>
    public IReadOnlyList<PostgresFeedOptions> ComposeStanding()
    {
        if (!Settings.CarriesFeeds || Settings.AppendOnly)
        {
            return [];
        }

        try
        {
            return [.. Compose(Settings.Feeds).Select(feed => feed with { StandsBy = true })];
        }
        catch (TidemarkException e)
        {
            throw new TidemarkException(
                e.Code, e.Message, $"{e.Remedy}; or have nobody carry it on here: {EnvironmentLayer.VariableOf(SettingPaths.FeedsRun)}=false", e);
        }
    }

    /// <summary>Those that would be carried on if their namespace took deletions. Somebody has to hear of them: the slot of one that ran before keeps its log.</summary>
    public IReadOnlyList<FeedLeftOut> LeaveOut() => !Settings.CarriesFeeds || !Settings.AppendOnly ? [] :
    [
        .. Settings.Feeds.Select(feed => new FeedLeftOut(
            feed.Name,
            Settings.Namespace,
            $"the namespace '{Settings.Namespace}' is append-only, and a feed brings deletions; feed another namespace, or take '{feed.Name}' out of 'sources'. "
            + "If it ran before, its database keeps its log for it until the slot is dropped (pg_drop_replication_slot)")),
    ];

    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: an address is missing, or two would read one slot.</exception>
    private List<PostgresFeedOptions> Compose(IEnumerable<FeedSettings> feeds)
    {
        var composed = new List<PostgresFeedOptions>();
        foreach (var feed in feeds.Select(Compose))
        {
            if (composed.Find(other => PostgresFeed.SharesSlot(other, feed)) is { } other)
            {
                throw new TidemarkException(
                    ErrorCodes.ConfigurationInvalid,
                    $"the sources '{other.Source}' and '{feed.Source}' would read the same replication slot of one server, and a slot has one reader",
                    $"give one of them another 'slot' (lower-case letters, digits, underscores), or make them one source with the tables of both");
            }

            composed.Add(feed);
        }

        return composed;
    }

    private FeedSettings Find(string name) => Settings.Feeds.FirstOrDefault(feed => feed.Name == name) ?? throw new TidemarkException(
        ErrorCodes.SourceMissing,
        $"no source '{name}' is a database",
        $"name one of: {string.Join(", ", Settings.Feeds.Select(feed => feed.Name))}");

    private PostgresFeedOptions Compose(FeedSettings feed) => new()
    {
        Source = feed.Name,
        Url = AddressOf(feed),
        Slot = feed.Slot,
        Tables =
        [
            .. feed.Tables.Select(table => new FeedTable(table.Name, table.Id, table.Text)
            {
                Metadata = table.Metadata,
                ExpiresAt = table.ExpiresAt,
                Tier = table.Tier,
            }),
        ],
        Queue = new EnqueueOptions { Namespace = Settings.Namespace, MostWaiting = Settings.Queue.MaxPending },
        Guard = Settings.Guard,
    };

    private string AddressOf(FeedSettings feed)
    {
        if (FeedSettings.VariableOf(feed.Address) is not { } variable)
        {
            return feed.Address;
        }

        var address = Environment[variable] as string;
        return address is { Length: > 0 } && ServerAddress.FindMistake(address) is null ? address : throw new TidemarkException(
            ErrorCodes.ConfigurationInvalid,
            $"the variable '{variable}' of the environment holds no address of a database, which '{feed.Name}' needs",
            $"set it: export {variable}=postgres://USER@HOST:PORT/DATABASE");
    }
}
