namespace Tidemark.Sources;

/// <summary>Tells what happens in folders. Its own thread only marks; whatever it cannot tell, it says so, and all is marked.</summary>
internal abstract class FolderEvents : IDisposable
{
    private long _beats;

    /// <summary>Hears what was lost and must be found by listing.</summary>
    public Action<WatchTrouble> OnTrouble { get; set; } = _ => { };

    /// <summary>How many folders are watched.</summary>
    public abstract int Count { get; }

    /// <summary>How many events of the heartbeat's folder have come: they prove that events arrive.</summary>
    public virtual long Beats => Interlocked.Read(ref _beats);

    /// <summary>The fastest that works here.</summary>
    public static FolderEvents Create() => OperatingSystem.IsLinux() && LinuxFileTree.IsSupported
        ? new InotifyEvents()
        : new PortableEvents();

    /// <summary>Watches the folder in which the heartbeat beats.</summary>
    public abstract void WatchBeat(string folder);

    /// <summary>Begins with a source.</summary>
    public abstract void Add(WatchedSource source);

    /// <summary>Listings of all begin.</summary>
    public abstract void Begin();

    /// <summary>The folder is about to be listed: what happens in it from now on must be told.</summary>
    /// <param name="source">Whose it is.</param>
    /// <param name="path">Absolute.</param>
    public abstract void Enter(WatchedSource source, string path);

    /// <summary>All of a source was listed: what was not entered since <see cref="Begin"/> is not watched any more.</summary>
    public abstract void Forget(WatchedSource source);

    public abstract void Dispose();

    protected void Beat() => Interlocked.Increment(ref _beats);
}
