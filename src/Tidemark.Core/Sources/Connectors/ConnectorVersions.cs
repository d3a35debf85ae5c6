using System.Globalization;

namespace Tidemark.Sources;

/// <summary>
/// Which version of each stream is indexed, and which one had begun to come when a state was handed on: the connector goes on behind that
/// state, so what is left of that version does not name everything.
/// </summary>
internal sealed class ConnectorVersions
{
    private readonly SortedDictionary<string, long> _active = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _begun = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _earlier = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _next = new(StringComparer.Ordinal);

    /// <param name="text">What was kept: a line a stream, its active and its begun version and its escaped name.</param>
    public static ConnectorVersions Parse(string? text)
    {
        var versions = new ConnectorVersions();
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ') is [var active, var begun, var name])
            {
                var stream = Uri.UnescapeDataString(name);
                Read(active, stream, versions._active);
                Read(begun, stream, versions._begun);
                Read(begun, stream, versions._earlier);
            }
        }

        return versions;
    }

    /// <summary>The version that is indexed; null: none is known.</summary>
    public long? ActiveOf(string stream) => _next.TryGetValue(stream, out var next) ? next : _active.TryGetValue(stream, out var active) ? active : null;

    /// <summary>Whether a part of that version came in an earlier listing.</summary>
    public bool HasBegun(string stream, long version) => _earlier.TryGetValue(stream, out var begun) && begun == version;

    /// <summary>It is the one that is indexed, as soon as the run has ended.</summary>
    public void Activate(string stream, long version) => _next[stream] = version;

    /// <returns>What to keep before a state is handed on; null: it is kept already.</returns>
    public string? Begin(IEnumerable<(string Stream, long Version)> coming)
    {
        var changed = false;
        foreach (var (stream, version) in coming)
        {
            changed |= !_begun.TryGetValue(stream, out var begun) || begun != version;
            _begun[stream] = version;
        }

        return changed ? Write(_active) : null;
    }

    /// <returns>What to keep when a run has ended; null: nothing new.</returns>
    public string? Settled()
    {
        if (_next.Count == 0)
        {
            return null;
        }

        foreach (var (stream, version) in _next)
        {
            _active[stream] = version;
            _begun.Remove(stream);
        }

        return Write(_active);
    }

    private static void Read(string number, string stream, SortedDictionary<string, long> into)
    {
        if (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var version))
        {
            into[stream] = version;
        }
    }

    private string Write(SortedDictionary<string, long> active) => string.Join('\n', active.Keys.Union(_begun.Keys, StringComparer.Ordinal)
        .Select(stream => $"{Show(active, stream)} {Show(_begun, stream)} {Uri.EscapeDataString(stream)}"));

    private static string Show(SortedDictionary<string, long> versions, string stream) =>
        versions.TryGetValue(stream, out var version) ? version.ToString(CultureInfo.InvariantCulture) : "-";
}
