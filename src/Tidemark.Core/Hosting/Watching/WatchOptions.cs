using Tidemark.Sources;
using Tidemark.Syncing;

namespace Tidemark;

/// <summary>What is watched, and how.</summary>
public sealed record WatchOptions
{
    /// <summary>The folders, each a source.</summary>
    public required IReadOnlyList<DirectoryOptions> Folders { get; init; }

    /// <summary>How each run is made; its sources and its command do not count.</summary>
    public SyncOptions Sync { get; init; } = new();

    /// <summary>A run begins when nothing has happened for so long …</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>… or something has for this long.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>All is listed this often whatever was told.</summary>
    public TimeSpan Complete { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>All is listed this often where events cannot tell everything.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Hears how it gets on; null: nobody does.</summary>
    public IWatchObserver? Observer { get; init; }
}
