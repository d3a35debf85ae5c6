using Tidemark.Composition.Scheduling;
using Tidemark.Sources;
using Tidemark.Wire;

namespace Tidemark.Composition.Configuration;

/// <summary>Binds the sources that are databases which are asked again and again.</summary>
/// <param name="values">For the time zone of their times.</param>
/// <param name="cleanup">The cleanup mode for sources that name none.</param>
/// <param name="mistakes">Gets what is wrong.</param>
internal sealed class SqlBinder(SettingValues values, string? cleanup, ICollection<ConfigurationMistake> mistakes)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    /// <param name="layers">Where they stand.</param>
    /// <param name="others">No name may stand for two.</param>
    public IReadOnlyList<SourceSettings> Bind(IReadOnlyList<SettingLayer> layers, IReadOnlyList<SourceSettings> others)
    {
        var bound = new List<SourceSettings>();
        foreach (var poll in layers.LastOrDefault(layer => layer.Polls.Count > 0)?.Polls ?? [])
        {
            if (Bind(poll) is not { } source)
            {
                continue;
            }

            if (others.Concat(bound).Any(other => other.Name == source.Name))
            {
                mistakes.Add(new($"two sources are called '{source.Name}'", "give one of them another 'name'"));
            }

            bound.Add(source);
        }

        return bound;
    }

    private SourceSettings? Bind(FeedValues poll)
    {
        var before = mistakes.Count;
        var (place, own) = (poll.Place, poll.Values);
        if (own.Text(SettingPaths.SourceName) is not { } name)
        {
            mistakes.Add(new($"'{place}' has no 'name'", "name the source: documents are called by it"));
            return null;
        }

        var address = own.Text(SettingPaths.SqlAddress) ?? "";
        if (FeedSettings.VariableOf(address) is null && SqlAddress.Parse(address) is null)
        {
            mistakes.Add(new($"'{place}.{SettingPaths.SqlAddress}' cannot be read as an address of a database", SqlAddress.Expectation));
        }

        if (poll.Tables.Count == 0)
        {
            mistakes.Add(new($"'{place}' names no tables", "write \"tables\": { \"product\": { \"id\": \"products/{id}\", \"text\": \"{name}\" } }"));
        }

        var sql = new SqlSettings(address, [.. poll.Tables.Select(table => Bind(place, table.Name, table.Values)).OfType<SqlTable>()])
        {
            Overlap = OverlapOf(place, own.Text(SettingPaths.SqlOverlap)),
            IsDue = DueOf(place, own.Text(SettingPaths.SqlReconcile)),
        };
        return mistakes.Count > before ? null : new SourceSettings
        {
            Name = name,
            Path = SqlSettings.Scheme + name,
            Given = name,
            Type = SourceType.Sql,
            Sql = sql,
            Cleanup = own.Text(SettingPaths.SourceCleanup) ?? (cleanup == "incremental" ? null : cleanup),
            Schedule = own.Text(SettingPaths.SourceSchedule),
            Url = SourceValues.BindUrl(own, mistakes),
        };
    }

    private TimeSpan OverlapOf(string place, string? text)
    {
        if (text is null)
        {
            return Usual;
        }

        if (text is [.., 's' or 'm' or 'h' or 'd'] && PeriodText.Find(text) is { } overlap && overlap <= Longest)
        {
            return overlap;
        }

        mistakes.Add(new($"'{place}.{SettingPaths.SqlOverlap}' is '{text}'", "make it a time as '30s' or '5m', 14 days at most"));
        return TimeSpan.Zero;
    }

    private Func<DateTimeOffset, DateTimeOffset, bool>? DueOf(string place, string? text)
    {
        if (text is null or SqlSettings.Never)
        {
            return text is null ? null : (_, _) => false;
        }

        _ = TimeZoneInfo.TryFindSystemTimeZoneById(values.Text(SettingPaths.ScheduleZone) ?? "UTC", out var zone);
        if (ScheduleText.Parse(text, zone ?? TimeZoneInfo.Utc) is not ({ } mode, { } when) || text == ScheduleText.Realtime)
        {
            mistakes.Add(new($"'{place}.{SettingPaths.SqlReconcile}' is '{text}'", $"{ScheduleText.Expectation(isFolder: false)}, or '{SqlSettings.Never}'"));
            return null;
        }

        return (last, now) => when.NextAfter(last) is { } next && next <= now;
    }

    private SqlTable? Bind(string place, string name, SettingValues own)
    {
        if (TableTemplates.Bind(place, name, own, mistakes) is not var (id, text))
        {
            return null;
        }

        return new SqlTable(name, id, text)
        {
            Query = own.Text(SettingPaths.SqlQuery),
            Metadata = own.Texts(SettingPaths.FeedMetadata) ?? [],
            Updated = own.Texts(SettingPaths.SqlUpdated) ?? [],
            Deleted = own.Text(SettingPaths.SqlDeleted),
            ExpiresAt = own.Text(SettingPaths.FeedExpiresAt),
            Tier = own.Text(SettingPaths.FeedTier),
        };
    }
}
