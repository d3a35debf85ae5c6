namespace Tidemark.Records;

/// <summary>Where something was looked for, and how much of it was found there.</summary>
/// <param name="Place">As people call it.</param>
/// <param name="Found">0: nothing is left.</param>
public readonly record struct ErasureProbe(string Place, long Found);
