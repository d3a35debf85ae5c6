namespace Tidemark.Sources;

/// <summary>Why the file system refused; <paramref name="Reason"/> in its own words.</summary>
internal sealed record FileFault(FileFaultKind Kind, string Reason);

internal enum FileFaultKind
{
    Missing,
    Denied,
    TooLong,
    NotAFolder,
    Other,
}
