namespace Tidemark.Sources;

/// <summary>
/// Which folders the numbers of inotify's watches stand for. A folder that is reached by two ways has one number and two names; one that was
/// renamed keeps its number until it is entered by its new name.
/// </summary>
internal sealed class WatchTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, List<Entry>> _byWatch = [];
    private long _round;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byWatch.Count;
            }
        }
    }

    /// <summary>A listing begins.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _round++;
        }
    }

    public void Set(int watch, WatchedSource source, string path)
    {
        lock (_gate)
        {
            if (!_byWatch.TryGetValue(watch, out var entries))
            {
                _byWatch[watch] = entries = new List<Entry>(1);
            }

            entries.RemoveAll(entry => entry.Source == source && entry.Path == path);
            entries.Add(new Entry(source, path, _round));
        }
    }

    public IReadOnlyList<(WatchedSource Source, string Path)> Find(int watch)
    {
        lock (_gate)
        {
            return _byWatch.TryGetValue(watch, out var entries) ? [.. entries.Select(entry => (entry.Source, entry.Path))] : [];
        }
    }

    public void Remove(int watch)
    {
        lock (_gate)
        {
            _byWatch.Remove(watch);
        }
    }

    /// <summary>Lets go of what a listing of all of a source did not enter.</summary>
    /// <returns>The watches that stand for nothing any more.</returns>
    public IReadOnlyList<int> Forget(WatchedSource source)
    {
        lock (_gate)
        {
            foreach (var entries in _byWatch.Values)
            {
                entries.RemoveAll(entry => entry.Source == source && entry.Round < _round);
            }

            int[] empty = [.. _byWatch.Where(pair => pair.Value.Count == 0).Select(pair => pair.Key)];
            foreach (var watch in empty)
            {
                _byWatch.Remove(watch);
            }

            return empty;
        }
    }

    private readonly record struct Entry(WatchedSource Source, string Path, long Round);
}
