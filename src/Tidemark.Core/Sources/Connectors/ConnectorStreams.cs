using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>How far the streams of one listing have come: which have all of their documents in it, and which ended too early.</summary>
internal sealed class ConnectorStreams(ConnectorOptions options, ConnectorVersions versions)
{
    private readonly SortedDictionary<string, Progress> _streams = new(StringComparer.Ordinal);

    private bool ReadsEverything => options.Cleanup == CleanupMode.Full;

    public ConnectorVersions Versions => versions;

    /// <summary>The streams that were listed whole.</summary>
    public IReadOnlyCollection<string> Whole =>
        [.. _streams.Where(pair => pair.Value.IsWhole || (ReadsEverything && pair.Value is { HasEnded: true })).Select(pair => pair.Key)];

    /// <summary>Versions of which records have come, and no end.</summary>
    public IEnumerable<(string Stream, long Version)> Coming =>
        _streams.Where(pair => pair.Value.Coming is not null).Select(pair => (pair.Key, pair.Value.Coming!.Value)).ToArray();

    /// <param name="version">Of the record's stream; null: it has none.</param>
    public void Take(string stream, long? version)
    {
        var progress = Of(stream);
        (progress.IsWhole, progress.HasEnded) = (false, false);
        if (version is { } coming && versions.ActiveOf(stream) is { } active && active != coming)
        {
            progress.Coming = coming;
        }
        else if (version is { } first && versions.ActiveOf(stream) is null)
        {
            // Nothing of it can have gone before.
            versions.Activate(stream, first);
        }
    }

    /// <summary>A version of a stream takes the place of what was there.</summary>
    public void Activate(string stream, long version)
    {
        var progress = Of(stream);
        progress.HasEnded = true;
        if (versions.ActiveOf(stream) is { } active && active != version)
        {
            progress.IsWhole = !versions.HasBegun(stream, version);
            progress.Activated = version;
        }
        else if (versions.ActiveOf(stream) is null)
        {
            versions.Activate(stream, version);
        }

        progress.Coming = null;
    }

    public void Start(string stream) => Of(stream).IsExpected = true;

    public void Complete(string stream) => (Of(stream).HasEnded, Of(stream).IsExpected) = (true, false);

    /// <summary>A state closes what came before it, where every listing is of everything.</summary>
    public void Close()
    {
        foreach (var progress in _streams.Values.Where(_ => options.Format == ConnectorFormat.Singer))
        {
            progress.HasEnded = true;
        }
    }

    /// <summary>The streams that have no end, when the listing has one.</summary>
    public IReadOnlyList<string> End()
    {
        foreach (var (stream, progress) in _streams)
        {
            if (progress is { Activated: { } version, Coming: null })
            {
                versions.Activate(stream, version);
            }
        }

        return
        [
            .. _streams.Where(pair => pair.Value.IsExpected || pair.Value.Coming is not null || (ReadsEverything && !pair.Value.HasEnded))
                .Select(pair => pair.Key),
        ];
    }

    private Progress Of(string stream)
    {
        if (!_streams.TryGetValue(stream, out var progress))
        {
            _streams.Add(stream, progress = new Progress());
        }

        return progress;
    }

    private sealed class Progress
    {
        /// <summary>Everything of it came in this listing.</summary>
        public bool IsWhole { get; set; }

        /// <summary>Nothing came behind its end.</summary>
        public bool HasEnded { get; set; }

        /// <summary>It was begun, and has to be completed.</summary>
        public bool IsExpected { get; set; }

        public long? Coming { get; set; }

        public long? Activated { get; set; }
    }
}
