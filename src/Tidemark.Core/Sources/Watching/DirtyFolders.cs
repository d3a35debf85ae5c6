namespace Tidemark.Sources;

/// <summary>
/// What of one source somebody should look at: folders in which something happened, or all of it. Only marks; what changed is for the
/// ordinary listing to say.
/// </summary>
internal sealed class DirtyFolders(TimeProvider clock)
{
    /// <summary>With more of them, listing all is as fast.</summary>
    private const int Most = 200;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private bool _isAll;
    private long? _first;
    private long _last;

    /// <summary>The first thing is marked since it was looked at; called by whatever thread marks it.</summary>
    public Action OnMark { get; set; } = () => { };

    public void Mark(string folder)
    {
        bool isFirst;
        lock (_gate)
        {
            _isAll |= !_isAll && _folders.Count == Most && !_folders.Contains(folder);
            if (!_isAll)
            {
                _folders.Add(folder);
            }

            isFirst = Note();
        }

        Tell(isFirst);
    }

    public void MarkAll()
    {
        bool isFirst;
        lock (_gate)
        {
            _isAll = true;
            isFirst = Note();
        }

        Tell(isFirst);
    }

    /// <summary>How long until it should be looked at; zero: now. Null: nothing is marked.</summary>
    /// <param name="quiet">Nothing more has happened for so long …</param>
    /// <param name="longest">… or something has for this long.</param>
    public TimeSpan? DueIn(TimeSpan quiet, TimeSpan longest)
    {
        lock (_gate)
        {
            if (_first is not { } first)
            {
                return null;
            }

            var (rested, waited) = (quiet - clock.GetElapsedTime(_last), longest - clock.GetElapsedTime(first));
            var due = rested < waited ? rested : waited;
            return due > TimeSpan.Zero ? due : TimeSpan.Zero;
        }
    }

    /// <summary>Takes the marks.</summary>
    /// <returns>The folders; null: all of it.</returns>
    public IReadOnlyList<string>? Take()
    {
        lock (_gate)
        {
            string[]? taken = _isAll ? null : [.. _folders];
            _folders.Clear();
            (_isAll, _first) = (false, null);
            return taken;
        }
    }

    private bool Note()
    {
        _last = clock.GetTimestamp();
        var isFirst = _first is null;
        _first ??= _last;
        return isFirst;
    }

    private void Tell(bool isFirst)
    {
        if (isFirst)
        {
            OnMark();
        }
    }
}
