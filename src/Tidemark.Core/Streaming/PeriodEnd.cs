namespace Tidemark.Streaming;

/// <summary>Why a busy period ended.</summary>
internal enum PeriodEnd
{
    /// <summary>Nothing was due for a moment, or the worker was told to stop.</summary>
    Quiet,

    /// <summary>It had lasted long enough; others may be waiting for the namespace.</summary>
    Turn,

    /// <summary>There is no money for further vectors.</summary>
    Budget,

    /// <summary>Model or store are out of order.</summary>
    Outage,
}
