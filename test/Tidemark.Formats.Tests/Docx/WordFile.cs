using System.IO.Compression;
using System.Text;

namespace Tidemark.Tests.Formats;

/// <summary>Packages by hand, for what no word processor would write.</summary>
internal sealed class WordFile
{
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal)
    {
        ["_rels/.rels"] = Relationships(("officeDocument", "word/document.xml")),
    };

    public static byte[] Of(string body) => new WordFile().Body(body).ToArray();

    public static string Relationships(params (string Type, string Target)[] all) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(all.Select((r, i) => $"<Relationship Id=\"r{i}\" Type=\"{Relations}/{r.Type}\" Target=\"{r.Target}\"/>"))
        + "</Relationships>";

    public static string Paragraph(string text, string properties = "") =>
        $"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>";

    public WordFile Body(string body) => Part("word/document.xml", Root("document", $"<w:body>{body}</w:body>"));

    public WordFile Part(string name, string content)
    {
        _parts[name] = content;
        return this;
    }

    public WordFile Without(string name)
    {
        _parts.Remove(name);
        return this;
    }

    public static string Root(string name, string content) =>
        $"<?xml version=\"1.0\"?><w:{name} xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
        + $"xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">{content}</w:{name}>";

    public byte[] ToArray()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in _parts)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return bytes.ToArray();
    }
}
