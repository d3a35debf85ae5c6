namespace Tidemark.Documents;

/// <summary>Turns the bytes of one file format into text. Pure: the same bytes always give the same text.</summary>
public interface ITextExtractor
{
    /// <summary>Name and version; part of the change token of the files it reads, so that a changed extractor re-reads them.</summary>
    string Fingerprint { get; }

    /// <summary>File name endings with their dot, in lower case: <c>.md</c>.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether such files are taken without a pattern that includes them.</summary>
    bool IsTakenByDefault => true;

    /// <summary>Whether what it reads is packed, so that the size of a file says nothing of the work that it makes.</summary>
    bool Unpacks => false;

    /// <exception cref="ItemException">The bytes are not of this format.</exception>
    ExtractedText Extract(string path, ReadOnlySpan<byte> content);
}
