using Tidemark.Sources;
using Tidemark.Syncing;

namespace Tidemark;

/// <summary>
/// Hears how watching gets on. An extension point: implement what is of interest. Calls come one after the other and hold it up while they
/// last.
/// </summary>
public interface IWatchObserver
{
    /// <summary>All has been listed once, and what happens from now on is heard.</summary>
    /// <param name="folders">How many are watched.</param>
    void OnStarted(int folders)
    {
    }

    /// <summary>A run has ended.</summary>
    /// <param name="report">What it did.</param>
    /// <param name="parts">Which folders were listed, each with the name of its source; empty: all.</param>
    void OnRun(SyncReport report, IReadOnlyList<string> parts)
    {
    }

    /// <summary>Events do not tell everything: all is listed.</summary>
    void OnTrouble(WatchTrouble trouble)
    {
    }

    /// <summary>A run could not be made.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="nextTry">How long it rests.</param>
    void OnOutage(TidemarkException failure, TimeSpan nextTry)
    {
    }

    /// <summary>It works again.</summary>
    /// <param name="after">Since the outage, or the silence, began.</param>
    void OnRecovered(TimeSpan after)
    {
    }
}
