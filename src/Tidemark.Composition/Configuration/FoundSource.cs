namespace Tidemark.Composition.Configuration;

/// <summary>Something in a folder that looks worth syncing.</summary>
/// <param name="Path">Seen from the folder.</param>
/// <param name="Files">How many files of a text format; 1 for a file of JSON lines.</param>
internal sealed record FoundSource(string Path, SourceType Type, int Files);
