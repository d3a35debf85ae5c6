namespace Tidemark.Sources;

/// <summary>Why events alone do not tell what changed, so that a listing has to.</summary>
public enum WatchTrouble
{
    /// <summary>More happened at once than the system keeps for its readers (<c>fs.inotify.max_queued_events</c>).</summary>
    Overflow,

    /// <summary>The system watches no more folders for this user (<c>fs.inotify.max_user_watches</c>).</summary>
    Limit,

    /// <summary>A source's own folder was moved, deleted or replaced.</summary>
    RootLost,

    /// <summary>A file system in it was unmounted.</summary>
    Unmounted,

    /// <summary>An ignore file changed: other folders may count now.</summary>
    IgnoreFile,

    /// <summary>The heartbeat was written and not heard: events do not arrive.</summary>
    Wedged,

    /// <summary>The folder lies on a network, where nobody tells what others change.</summary>
    Remote,

    /// <summary>A folder cannot be watched for another reason.</summary>
    Unwatchable,
}
