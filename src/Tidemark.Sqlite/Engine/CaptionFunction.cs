using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Tidemark.Wording;

namespace Tidemark.Sqlite.Engine;

/// <summary>
/// A function of a document's id and metadata, of its layout's entries (<c>docs/storage-format.md</c>) and of the key of one of its chunks:
/// what stands above that chunk (<see cref="ChunkCaption"/>).
/// </summary>
internal static unsafe class CaptionFunction
{
    public const string Name = "tidemark_caption";

    private const int Utf8 = 1, Deterministic = 0x800, Innocuous = 0x200000;
    private const nint Transient = -1;

    public static void Register(SqliteConnection connection)
    {
        fixed (byte* name = "tidemark_caption\0"u8)
        {
            connection.Check(NativeSqlite.CreateFunction(
                connection.Handle, name, 4, Utf8 | Deterministic | Innocuous, null, &Read, null, null, null));
        }
    }

    /// <returns>Null: there are none, or the entries are not what was stored, which those say who check them.</returns>
    public static string? HeadingOf(ReadOnlySpan<byte> entries, long chunk)
    {
        try
        {
            return entries.IsEmpty ? null : Find(entries, chunk);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Read(nint context, int count, nint* arguments)
    {
        try
        {
            var id = Encoding.UTF8.GetString(TextOf(arguments[0]));
            var title = DocumentTitle.Of(id, TextOf(arguments[1]));
            var entries = NativeSqlite.ValueBlob(arguments[2]);
            var heading = HeadingOf(
                new ReadOnlySpan<byte>(entries, entries == null ? 0 : NativeSqlite.ValueBytes(arguments[2])), NativeSqlite.ValueInt64(arguments[3]));
            var caption = Encoding.UTF8.GetBytes(ChunkCaption.Of(title, heading));
            fixed (byte* bytes = caption)
            {
                NativeSqlite.ResultText(context, bytes, caption.Length, Transient);
            }
        }
        catch (Exception)
        {
            NativeSqlite.ResultErrorCode(context, NativeSqlite.Error); // nothing may be thrown through SQLite
        }
    }

    /// <summary>Without making objects of the other entries: an index that is made anew asks for each of them.</summary>
    private static string? Find(ReadOnlySpan<byte> entries, long wanted)
    {
        var at = 0;
        var headings = new List<(int Start, int Length)>();
        var chunk = 0L;
        for (var left = Varint.Read(entries, ref at); left > 0; left--)
        {
            chunk += Varint.UnZigZag(Varint.Read(entries, ref at));
            _ = Varint.Read(entries, ref at);
            _ = Varint.Read(entries, ref at);
            var code = Varint.Read(entries, ref at);
            if (code == 1)
            {
                var size = (int)Varint.Read(entries, ref at);
                if (size < 0 || size > entries.Length - at)
                {
                    return null;
                }

                headings.Add((at, size));
                at += size;
            }

            if (chunk == wanted)
            {
                var number = code == 1 ? headings.Count - 1 : (int)code - 2;
                return code == 0 || number < 0 || number >= headings.Count
                    ? null
                    : Encoding.UTF8.GetString(entries.Slice(headings[number].Start, headings[number].Length));
            }
        }

        return null;
    }

    /// <summary>The text first: reading it may make it another length.</summary>
    private static ReadOnlySpan<byte> TextOf(nint value)
    {
        var text = NativeSqlite.ValueText(value);
        return new ReadOnlySpan<byte>(text, text == null ? 0 : NativeSqlite.ValueBytes(value));
    }
}
