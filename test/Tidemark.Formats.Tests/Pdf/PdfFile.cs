using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Tidemark.Tests.Formats;

/// <summary>PDF files by hand, with one of the fonts that every reader has.</summary>
internal sealed class PdfFile
{
    private readonly List<byte[]> _objects = [];
    private readonly StringBuilder _page = new();
    private readonly List<string> _pages = [];

    public string Fonts { get; init; } = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /Differences [1 /fi /ffl] >> >>";

    public string More { get; init; } = "";

    public PdfFile Text(double x, double y, string text, double size = 10)
    {
        var said = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal)
            .Replace("ﬁ", "\\001", StringComparison.Ordinal).Replace("ﬄ", "\\002", StringComparison.Ordinal);
        _page.Append(CultureInfo.InvariantCulture, $"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({said}) Tj ET\n");
        return this;
    }

    public PdfFile Raw(string operators)
    {
        _page.Append(operators);
        return this;
    }

    public PdfFile NextPage()
    {
        _pages.Add(_page.ToString());
        _page.Clear();
        return this;
    }

    public byte[] ToArray(bool packed = false, string[]? extra = null)
    {
        NextPage();
        _objects.Clear();
        Add("<< /Type /Catalog /Pages 2 0 R >>");
        Add($"<< /Type /Pages /Count {_pages.Count} /Kids [{string.Join(' ', _pages.Select((_, i) => $"{5 + (2 * i)} 0 R"))}] >>");
        Add(Fonts);
        Add("<< /Title (A title) /Author (Somebody) >>");
        foreach (var page in _pages)
        {
            Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> {More} >> /Contents {_objects.Count + 2} 0 R >>");
            var content = Encoding.Latin1.GetBytes(page);
            Add(packed ? Stream("/Filter /FlateDecode", Pack(content)) : Stream("", content));
        }

        foreach (var one in extra ?? [])
        {
            Add(one);
        }

        return Write();
    }

    public int NextObject => 5 + (2 * (_pages.Count + 1));

    public static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Stream(string dictionary, byte[] content) =>
        [.. Encoding.Latin1.GetBytes($"<< {dictionary} /Length {content.Length} >>\nstream\n"), .. content, .. "\nendstream"u8];

    private void Add(string content) => _objects.Add(Encoding.Latin1.GetBytes(content));

    private void Add(byte[] content) => _objects.Add(content);

    private byte[] Write()
    {
        using var file = new MemoryStream();
        var starts = new List<long>();
        file.Write("%PDF-1.7\n"u8);
        for (var i = 0; i < _objects.Count; i++)
        {
            starts.Add(file.Position);
            file.Write(Encoding.Latin1.GetBytes($"{i + 1} 0 obj\n"));
            file.Write(_objects[i]);
            file.Write("\nendobj\n"u8);
        }

        var table = file.Position;
        var lines = string.Concat(starts.Select(start => start.ToString("0000000000", CultureInfo.InvariantCulture) + " 00000 n \n"));
        file.Write(Encoding.Latin1.GetBytes(
            $"xref\n0 {_objects.Count + 1}\n0000000000 65535 f \n{lines}trailer\n<< /Size {_objects.Count + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{table}\n%%EOF"));
        return file.ToArray();
    }
}
