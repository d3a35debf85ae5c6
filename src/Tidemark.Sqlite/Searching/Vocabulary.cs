using System.Buffers.Binary;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Wording;

namespace Tidemark.Sqlite.Searching;

/// <summary>
/// Reads the words of a keyword index off its pages, without the places where they stand, which FTS5's own table of words
/// (<c>fts5vocab</c>) would read, too: of 100,000 chunks that is a tenth of a second instead of some seconds. Pages of the format 4 of FTS5
/// (https://sqlite.org/fts5.html#fts5_data_structures): two numbers of two bytes, of which the second is where the list of the page's words
/// begins; each word but the first says how much of the one before it goes on.
/// </summary>
internal static class Vocabulary
{
    /// <summary>Words that are no longer there may be among them, until segments are merged.</summary>
    private const byte OfMainIndex = (byte)'0';

    private const int Header = 4;

    /// <summary>More than that of a larger index is not read.</summary>
    private const long MostBytes = 512L << 20;

    /// <summary>Shows each word, some of them several times. A damaged page is passed over: nothing is answered from it.</summary>
    public static void Read(SqliteConnection connection, IndexTables tables, NearWords near, CancellationToken cancellationToken)
    {
        // Bits from 31 on: levels of trees that this format does not have, and lists of where chunks begin.
        using var page = connection.Statement($"SELECT block FROM {tables.Keywords}_data WHERE id >= 1 << 37 AND (id >> 31) & 63 = 0");
        Span<byte> word = stackalloc byte[WordAnalysis.LongestWord + 1];
        for (var bytes = 0L; bytes < MostBytes && page.Step();)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var block = page.GetBlob(0);
            bytes += block.Length;
            ReadPage(block, word, near);
        }
    }

    private static void ReadPage(ReadOnlySpan<byte> block, Span<byte> word, NearWords near)
    {
        if (block.Length < Header)
        {
            return;
        }

        int end = BinaryPrimitives.ReadUInt16BigEndian(block[2..]);
        var (place, listed, length) = (0L, end, 0);
        while (listed < block.Length)
        {
            place += FullTextNumber.Read(block, ref listed);
            if (place < Header || place >= end)
            {
                return;
            }

            var at = (int)place;
            var kept = length == 0 ? 0 : FullTextNumber.Read(block, ref at);
            var more = FullTextNumber.Read(block, ref at);
            if (kept < 0 || kept > length || more < 0 || more > end - at || kept + more > word.Length)
            {
                return;
            }

            block.Slice(at, (int)more).CopyTo(word[(int)kept..]);
            length = (int)(kept + more);
            if (length > 1 && word[0] == OfMainIndex)
            {
                near.Offer(word[1..length]);
            }
        }
    }
}
