using System.Globalization;
using Tidemark.Composition.Configuration;
using Tidemark.Formats;
using Tidemark.Syncing;

namespace Tidemark.Cli.Plans;

/// <summary>Everything that a plan's outcome depends on beside the documents and the store, in words. Pure.</summary>
internal static class PlanSettings
{
    private const string Embedder = "embedder";

    public static Dictionary<string, string> Of(
        TidemarkSettings settings, IReadOnlyList<SourceSettings> sources, SyncOptions request, SyncPipeline pipeline)
    {
        var identity = pipeline.Identity;
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["store"] = settings.Store.ToString(),
            ["namespace"] = settings.Namespace,
            [Embedder] = identity.Space,
            ["chunker"] = identity.Chunker,
            ["embedding input"] = identity.Embedded,
            ["index"] = identity.Index,
            ["price for a million tokens"] = Show(pipeline.Model.PricePerMillionTokens),
            ["cleanup"] = request.Cleanup?.ToString() ?? "",
            ["append-only"] = Show(settings.AppendOnly),
            ["deletion guard"] = request.Guard is { Enabled: true } guard
                ? $"{Show(guard.MaxDocuments)} documents, {Show(guard.MaxShare)} of a source"
                : "off",
            ["keep text"] = Show(settings.KeepText),
            ["limits"] = $"{settings.Limits.MaxFileBytes} bytes a file, {settings.Limits.MaxLineBytes} bytes a line",
        };
        if (identity.Stemming is { } stemming)
        {
            all["stemming"] = stemming;
        }

        if (settings.Html != new HtmlOptions())
        {
            all["html"] = $"main only {Show(settings.Html.MainOnly)}, link targets {Show(settings.Html.LinkTargets)}";
        }

        if (settings.Policy.Describe() is { Length: > 0 } rules)
        {
            all["rules"] = rules;
        }

        foreach (var (source, number) in sources.Select((source, i) => (source, i + 1)))
        {
            all[string.Create(CultureInfo.InvariantCulture, $"source {number}")] = Describe(source);
        }

        return all;
    }

    /// <summary>What differs, as the refusal says it.</summary>
    public static List<string> Compare(
        IReadOnlyDictionary<string, string> planned, IReadOnlyDictionary<string, string> now)
    {
        var moved = new List<string>();
        foreach (var name in planned.Keys.Union(now.Keys, StringComparer.Ordinal))
        {
            var (was, @is) = (planned.GetValueOrDefault(name) ?? "none", now.GetValueOrDefault(name) ?? "none");
            if (!string.Equals(was, @is, StringComparison.Ordinal) && !(name == Embedder && HasOnlyDimensionsMore(was, @is)))
            {
                moved.Add($"the setting '{name}' was '{was}', now is '{@is}'");
            }
        }

        return moved;
    }

    /// <summary>A plan does not ask the model how many dimensions it has, where nobody knows; a run does.</summary>
    private static bool HasOnlyDimensionsMore(string was, string @is)
    {
        var (name, traits) = Split(@is);
        var colon = name.LastIndexOf(':');
        return colon > 0
            && int.TryParse(name.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && Split(was) == (name[..colon], traits);

        static (string Name, string Traits) Split(string space) =>
            space.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? (space[..mark], space[mark..]) : (space, "");
    }

    private static string Describe(SourceSettings source)
    {
        (string Name, string? Value)[] parts =
        [
            ("cleanup", source.Cleanup),
            ("parts", source.Parts.Count > 0 ? string.Join(',', source.Parts) : null),
            ("include", source.Include is { } include ? string.Join(',', include) : null),
            ("exclude", source.Exclude.Count > 0 ? string.Join(',', source.Exclude) : null),
            ("ignore files", source.IgnoreFiles ? null : "no"),
            ("id key", source.IdKey),
            ("source id key", source.SourceIdKey),
            ("source id template", source.SourceIdTemplate),
            ("text key", source.TextKey),
            ("text template", source.TextTemplate),
            ("tables", source.Sql is { } sql ? string.Join(',', sql.Tables.Select(table => $"{table.Name} {table.Id} {table.Text} {string.Join('+', table.Metadata)}")) : null),
            ("format", source.Connector is null ? null : source.Format),
        ];
        var rest = parts.Where(part => part.Value is not null).Select(part => $", {part.Name} {part.Value}");
        return $"{source.Name}: {source.Type} {source.Path}{string.Concat(rest)}";
    }

    private static string Show(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "none";

    private static string Show(bool value) => value ? "yes" : "no";
}
