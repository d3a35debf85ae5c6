namespace Tidemark.Sources;

/// <summary>Why the file system refused; <paramref name="Reason"/> in its own words.</summary>
internal sealed record FileFault(FileFaultKind Kind, string Reason)
{
    /// <summary>What lets it be read.</summary>
    public string Remedy => Kind == FileFaultKind.NoDescriptors ? "let this process open more files at once (ulimit -n) and run again" : "make it readable";
}

internal enum FileFaultKind
{
    Missing,
    Denied,
    TooLong,
    NotAFolder,
    NoDescriptors,
    Other,
}
