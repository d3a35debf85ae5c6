namespace Tidemark.Formats;

/// <summary>A program that turns files into text.</summary>
public sealed record CommandOptions
{
    /// <summary>Which files, as a pattern of paths below the source's folder.</summary>
    public required string Pattern { get; init; }

    /// <summary>
    /// The program and its arguments, each as it is: there is no shell. <c>{file}</c> in an argument stands for the file's
    /// absolute path; where no argument has it, the program gets the file on standard input.
    /// </summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The working directory, and what a program with a relative path is relative to; absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>How long one file may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of text that one file may give.</summary>
    public long MaxOutputBytes { get; init; } = 10_000_000;
}
