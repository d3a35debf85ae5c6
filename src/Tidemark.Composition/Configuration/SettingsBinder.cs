using Tidemark.Formats;

namespace Tidemark.Composition.Configuration;

/// <summary>
/// Turns merged layers into <see cref="TidemarkSettings"/>; what only shows together is checked here.
/// </summary>
internal sealed class SettingsBinder(string root, IReadOnlyList<SettingLayer> layers)
{
    private readonly List<ConfigurationMistake> _mistakes = [.. layers.SelectMany(l => l.Mistakes)];

    /// <exception cref="ConfigurationException">There is at least one mistake, in any layer.</exception>
    public TidemarkSettings Bind()
    {
        var values = new SettingValues();
        foreach (var layer in layers)
        {
            values = values.With(layer.Values);
        }

        var url = values.Text(SettingPaths.Store) ?? SettingTable.DefaultOf(SettingPaths.Store);
        var store = StoreLocation.Parse(url, root, _mistakes);
        var @namespace = BindNamespace(values);
        var sources = BindSources(values);
        var settings = new TidemarkSettings
        {
            Root = root,
            Store = store ?? new StoreLocation(root),
            Namespace = @namespace,
            AppendOnlyNamespaces = [.. layers.SelectMany(layer => layer.Namespaces.Keys).Append(@namespace).Distinct(StringComparer.Ordinal).Where(IsAppendOnly)],
            Sources = sources,
            Feeds = new FeedBinder(sources, _mistakes).Bind(layers),
            CarriesFeeds = values.Flag(SettingPaths.FeedsRun) ?? true,
            Schedules = ScheduleSettings.Bind(values, sources, _mistakes),
            Extractors = ExtractorBinder.Bind(root, layers, _mistakes),
            Cleanup = values.Text(SettingPaths.Cleanup),
            Pipeline = BindPipeline(values),
            GuardMaxDocuments = values.Integer(SettingPaths.GuardMaxDocuments) ?? 10,
            GuardMaxShare = values.Number(SettingPaths.GuardMaxShare) ?? 0.2,
            Policy = new PolicyBinder(layers, _mistakes).Bind(),
            KeepText = values.Flag(SettingPaths.KeepText) ?? true,
            Limits = BindLimits(values),
            Html = BindHtml(values),
            Telemetry = TelemetrySettings.Bind(values, _mistakes),
            Cost = CostBinder.Bind(values, layers),
            Alerts = CostBinder.BindAlerts(values),
            CompleteWatch = TimeSpan.FromSeconds(values.Number(SettingPaths.WatchComplete) ?? 600),
            Queue = QueueSettings.Bind(values),
            Service = ServiceSettings.Bind(values, _mistakes),
            Retention = BindRetention(values),
            Hooks = HookSettings.Bind(layers),
        };
        return _mistakes.Count == 0 ? settings : throw new ConfigurationException(_mistakes);
    }

    private IReadOnlyList<SourceSettings> BindSources(SettingValues values)
    {
        var cleanup = values.Text(SettingPaths.Cleanup);
        var sources = new SourceBinder(root, cleanup, _mistakes).Bind(layers);
        return [.. sources, .. new SqlBinder(values, cleanup, _mistakes).Bind(layers, sources)];
    }

    private static LimitSettings BindLimits(SettingValues values)
    {
        var limits = new LimitSettings();
        return new LimitSettings(
            values.Integer(SettingPaths.MaxFileBytes) ?? limits.MaxFileBytes,
            values.Integer(SettingPaths.MaxLineBytes) ?? limits.MaxLineBytes);
    }

    private static HtmlOptions BindHtml(SettingValues values)
    {
        var html = new HtmlOptions();
        return html with
        {
            MainOnly = values.Flag(SettingPaths.HtmlMainOnly) ?? html.MainOnly,
            LinkTargets = values.Flag(SettingPaths.HtmlLinkTargets) ?? html.LinkTargets,
        };
    }

    private RetentionSettings BindRetention(SettingValues values)
    {
        var own = new Dictionary<string, TimeSpan>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, said) in layers.SelectMany(layer => layer.Namespaces))
        {
            if (said.Number(SettingPaths.NamespaceHistoryDays) is { } days)
            {
                own[name] = TimeSpan.FromDays(days);
            }
        }

        return new RetentionSettings(
            TimeSpan.FromDays(values.Number(SettingPaths.HistoryDays) ?? 30),
            TimeSpan.FromDays(values.Number(SettingPaths.EmbeddingDays) ?? 30))
        {
            ByNamespace = own,
            Runs = TimeSpan.FromDays(values.Number(SettingPaths.RunDays) ?? 90),
        };
    }

    private bool IsAppendOnly(string name)
    {
        var appendOnly = false;
        foreach (var layer in layers)
        {
            appendOnly = layer.Namespaces.GetValueOrDefault(name)?.Flag(SettingPaths.AppendOnly) ?? appendOnly;
        }

        return appendOnly;
    }

    private string BindNamespace(SettingValues values)
    {
        var name = values.Text(SettingPaths.Namespace) ?? "default";
        if (name.Any(char.IsControl) || name.Length > 200)
        {
            _mistakes.Add(new("the namespace's name is too long or has control characters",
                "choose a name of at most 200 printable characters"));
        }

        return name;
    }

    private PipelineSettings BindPipeline(SettingValues values)
    {
        var chunker = values.Text(SettingPaths.Chunker);
        var size = (int?)values.Integer(SettingPaths.ChunkSize);
        var overlap = (int?)values.Integer(SettingPaths.ChunkOverlap);
        if (overlap > 0 && chunker is not null and not "recursive")
        {
            _mistakes.Add(new($"the chunker '{chunker}' makes no overlapping chunks, but the overlap is {overlap}",
                "take the chunker 'recursive', or an overlap of 0"));
        }

        if (size <= overlap)
        {
            _mistakes.Add(new($"the chunks' overlap of {overlap} is not smaller than their size of {size}",
                "make the overlap smaller, or the size larger"));
        }

        var embedder = new EmbedderBinder(layers, values, _mistakes);
        return new PipelineSettings
        {
            Chunker = chunker,
            ChunkSize = size,
            ChunkOverlap = overlap,
            Embedder = embedder.Bind(),
            Traits = embedder.BindTraits(),
            Provider = new ProviderBinder(values, root, _mistakes).Bind(),
            Normalize = values.Flag(SettingPaths.Normalize),
            Stemming = values.Text(SettingPaths.Stemming),
            Index = IndexLocation.Parse(values.Text(SettingPaths.Index), _mistakes),
        };
    }
}
