using System.Xml;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>Runs what reads a package; whatever is wrong with the package becomes the failure of one item.</summary>
internal static class PackageText
{
    /// <summary>How the binary formats and encrypted documents begin (Compound File Binary).</summary>
    private static ReadOnlySpan<byte> CompoundFile => [0xD0, 0xCF, 0x11, 0xE0];

    public delegate ExtractedText Reading(ReadOnlySpan<byte> content);

    /// <param name="kind">What it should be, as the message says it: <c>a Word document</c>.</param>
    /// <param name="ending">In what format to save it anew.</param>
    /// <exception cref="ItemException">The document cannot be read.</exception>
    public static ExtractedText Extract(string path, ReadOnlySpan<byte> content, string kind, string ending, Reading read)
    {
        if (content.StartsWith(CompoundFile))
        {
            throw Malformed(path, kind, "it is encrypted, or of the old binary format", $"save it as {ending} without a password");
        }

        try
        {
            return read(content);
        }
        catch (PackageException e)
        {
            throw Malformed(path, kind, e.Message, inner: e);
        }
        catch (XmlException e)
        {
            throw Malformed(path, kind, $"one of its parts is no XML that is taken ({e.Message})", inner: e);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            throw Malformed(path, kind, $"it is not a zip archive, or a damaged one ({e.Message})", inner: e);
        }
    }

    private static ItemException Malformed(string path, string kind, string what, string? remedy = null, Exception? inner = null) => new(
        ErrorCodes.SourceMalformed,
        $"'{path}' cannot be read as {kind}: {what.TrimEnd('.')}",
        remedy ?? "open it in the program that made it and save it again, or exclude it, which lets go of what is indexed of it",
        inner);
}
