namespace Tidemark.Documents;

/// <summary>
/// Turns a file into text where it lies, by means outside of this process: a program, a service. An extension point. Unlike an
/// <see cref="ITextExtractor"/> it is chosen by a pattern, which wins over the endings that text extractors know, and may take
/// its time.
/// </summary>
public interface IFileExtractor
{
    /// <summary>Everything that the text depends on; part of the change token of the files it reads.</summary>
    string Fingerprint { get; }

    /// <summary>
    /// Which files it reads, as a pattern of paths below the source's folder. They are taken by default, beside those whose
    /// endings are known. Where several match, the first extractor reads.
    /// </summary>
    string Pattern { get; }

    /// <param name="file">The file. It is looked at before and after; if it changed meanwhile, it is read again.</param>
    /// <param name="item">How the file is named in an error.</param>
    /// <param name="cancellationToken">Ends whatever was begun.</param>
    /// <exception cref="ItemException">The file cannot be taken as it is.</exception>
    ValueTask<ExtractedText> ExtractAsync(OpenFile file, string item, CancellationToken cancellationToken);
}
