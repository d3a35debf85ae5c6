using System.Globalization;
using Tidemark.Sources;

namespace Tidemark;

/// <summary>
/// Proves that events arrive: a file is written now and then in a folder of its own, and what watches the sources must hear of it. No news
/// of a quiet folder would else look like no news of a broken watch.
/// </summary>
internal sealed class Heartbeat : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>With the interval it stays below the minute in which silence is told.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _clock;
    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-watch-").FullName;
    private FolderEvents _events;
    private long _written;
    private long _before;
    private bool _isWaiting;

    public Heartbeat(FolderEvents events, TimeProvider clock)
    {
        (_events, _clock) = (events, clock);
        events.WatchBeat(_folder);
        Write();
    }

    /// <summary>Whether the last beat was heard, or may still be.</summary>
    public bool IsAlive => !_isWaiting || _clock.GetElapsedTime(_written) < Patience;

    /// <summary>Whether whoever hears now has heard a beat.</summary>
    public bool IsHeard { get; private set; }

    /// <summary>How long until <see cref="Beat"/> should be called.</summary>
    public TimeSpan DueIn => Positive((_isWaiting ? Patience : Interval) - _clock.GetElapsedTime(_written));

    /// <summary>Looks whether the last beat was heard, and writes the next when it is time.</summary>
    public void Beat()
    {
        _isWaiting &= _events.Beats == _before;
        IsHeard |= !_isWaiting;
        if (!_isWaiting && _clock.GetElapsedTime(_written) >= Interval)
        {
            Write();
        }
    }

    /// <summary>Somebody else hears from now on.</summary>
    public void Move(FolderEvents events)
    {
        (_events, IsHeard) = (events, false);
        events.WatchBeat(_folder);
        Write();
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Of temporary files.
        }
    }

    private void Write()
    {
        (_before, _written, _isWaiting) = (_events.Beats, _clock.GetTimestamp(), true);
        try
        {
            File.WriteAllText(Path.Combine(_folder, "beat"), _written.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A beat that is not written is not heard, and that is told.
        }
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
