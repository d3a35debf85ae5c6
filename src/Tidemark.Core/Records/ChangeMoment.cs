namespace Tidemark.Records;

/// <summary>When a source changed what is being written: from then on it is counted how long it took to be found.</summary>
/// <param name="IsFirstLoad">The source is being loaded for the first time; such lags are kept apart.</param>
public readonly record struct ChangeMoment(DateTimeOffset At, bool IsFirstLoad);
