namespace Tidemark.Sources;

/// <summary>A file that stands for one that git LFS keeps elsewhere.</summary>
internal static class GitPointer
{
    /// <summary>By its specification it is shorter than this.</summary>
    public const int Longest = 1024;

    public static bool Is(ReadOnlySpan<byte> content) =>
        content.Length < Longest
        && content.StartsWith("version https://git-lfs.github.com/spec/"u8)
        && content.IndexOf("\noid "u8) > 0;
}
