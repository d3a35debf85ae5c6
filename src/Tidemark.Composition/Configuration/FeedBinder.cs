using Tidemark.Postgres.Feeding;

namespace Tidemark.Composition.Configuration;

/// <summary>Binds the sources that are databases.</summary>
/// <param name="sources">The others: no name may stand for two.</param>
/// <param name="mistakes">Gets what is wrong.</param>
internal sealed class FeedBinder(IReadOnlyList<SourceSettings> sources, ICollection<ConfigurationMistake> mistakes)
{
    public IReadOnlyList<FeedSettings> Bind(IReadOnlyList<SettingLayer> layers)
    {
        var bound = new List<FeedSettings>();
        foreach (var feed in layers.LastOrDefault(layer => layer.Feeds.Count > 0)?.Feeds ?? [])
        {
            if (Bind(feed) is not { } settings)
            {
                continue;
            }

            if (bound.Exists(other => other.Name == settings.Name) || sources.Any(other => other.Name == settings.Name))
            {
                mistakes.Add(new($"two sources are called '{settings.Name}'", "give one of them another 'name'"));
            }

            bound.Add(settings);
        }

        return bound;
    }

    private FeedSettings? Bind(FeedValues feed)
    {
        var before = mistakes.Count;
        var (place, values) = (feed.Place, feed.Values);
        if (values.Text(SettingPaths.SourceName) is not { } name)
        {
            mistakes.Add(new($"'{place}' has no 'name'", "name the source: documents and the replication slot are called by it"));
            return null;
        }

        var address = values.Text(SettingPaths.FeedAddress) ?? "";
        if (FeedSettings.VariableOf(address) is null && ServerAddress.FindMistake(address) is not null)
        {
            mistakes.Add(new(
                $"'{place}.{SettingPaths.FeedAddress}' cannot be read as an address",
                "write 'postgres://USER@HOST:PORT/DATABASE', the password in PGPASSWORD, or 'env:NAME' with the variable that holds it"));
        }

        if (values.Text(SettingPaths.FeedSlot) is { } slot && !PostgresFeed.IsSlotName(slot))
        {
            mistakes.Add(new($"'{place}.{SettingPaths.FeedSlot}' is '{slot}'", "make it at most 63 lower-case letters, digits and underscores"));
        }

        if (feed.Tables.Count == 0)
        {
            mistakes.Add(new($"'{place}' names no tables", "write \"tables\": { \"public.product\": { \"id\": \"products/{id}\", \"text\": \"{name}\" } }"));
        }

        FeedTableSettings[] tables = [.. feed.Tables.Select(table => Bind(place, table.Name, table.Values)).OfType<FeedTableSettings>()];
        return mistakes.Count > before ? null : new FeedSettings(name, address, values.Text(SettingPaths.FeedSlot), tables);
    }

    private FeedTableSettings? Bind(string place, string name, SettingValues values)
    {
        if (TableTemplates.Bind(place, name, values, mistakes) is not var (id, text))
        {
            return null;
        }

        return new FeedTableSettings(name, id, text)
        {
            Metadata = values.Texts(SettingPaths.FeedMetadata) ?? [],
            ExpiresAt = values.Text(SettingPaths.FeedExpiresAt),
            Tier = values.Text(SettingPaths.FeedTier),
        };
    }
}
