using System.Buffers.Binary;
using Shouldly;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Server;
using Xunit;

namespace Tidemark.Postgres.Tests.Indexing;

public sealed class TermVectorTests
{
    /// <summary>What PostgreSQL takes of one <c>tsvector</c>.</summary>
    private const int Megabyte = (1 << 20) - 1;

    private readonly TermVector _terms = new(stemmer: null);

    [Fact]
    public void A_word_that_comes_again_has_as_many_positions_as_it_stands_there_times()
    {
        _terms.Read("B a, b!", "").Binary.ToArray().ShouldBe([0, 0, 0, 2, (byte)'a', 0, 0, 0, (byte)'b', 0, 0, 2, 0, 1, 0, 2]);
        _terms.Length.ShouldBe(3);
    }

    [Fact]
    public void A_word_has_at_most_255_positions()
    {
        var binary = _terms.Read(string.Concat(Enumerable.Repeat("x ", 1_000)), "").Binary;
        binary.Length.ShouldBe(4 + 2 + 2 + (255 * 2));
        BinaryPrimitives.ReadInt16BigEndian(binary[6..]).ShouldBe((short)255);
    }

    [Fact]
    public void What_PostgreSQL_does_not_take_is_left_out()
    {
        var words = string.Join(' ', Enumerable.Range(0, 45_000).Select(i => "word" + string.Concat($"{i:D6}".Select(digit => (char)('a' + digit - '0')))));
        var binary = _terms.Read(string.Join(' ', Enumerable.Repeat(words, 12)), "").Binary;
        binary.Length.ShouldBeInRange(Megabyte / 2, Megabyte);
        BinaryPrimitives.ReadInt32BigEndian(binary).ShouldBeInRange(40_000, 45_000);
    }

    [Fact]
    public void The_order_of_stored_words_does_not_matter_and_their_counts_do()
    {
        _terms.Read("a b", "");
        _terms.IsSame(2, [0, 0, 0, 2, (byte)'b', 0, 0, 0, (byte)'a', 0, 0, 0]).ShouldBeTrue();
        _terms.IsSame(2, [0, 0, 0, 2, (byte)'b', 0, 0, 0, (byte)'a', 0, 0, 2, 0, 1, 0, 2]).ShouldBeFalse();
        _terms.IsSame(2, [0, 0, 0, 2, (byte)'b', 0, 0, 0, (byte)'c', 0, 0, 0]).ShouldBeFalse();
        _terms.IsSame(1, _terms.Binary.ToArray()).ShouldBeFalse();
    }

    [Fact]
    public void Pairs_of_characters_have_their_true_positions()
    {
        var hangul = System.Text.Encoding.UTF8.GetBytes("색인");
        _terms.Read("a 색인 a 색인", "").Binary.ToArray().ShouldBe(
            [0, 0, 0, 2, (byte)'a', 0, 0, 2, 0, 1, 0, 2, .. hangul, 0, 0, 2, 0xC0, 2, 0xC0, 4]);
        _terms.Length.ShouldBe(4);
    }

    [Fact]
    public void Behind_the_last_position_that_PostgreSQL_keeps_none_is_true()
    {
        var binary = _terms.Read(string.Concat(Enumerable.Repeat("a ", 16_384)) + "색인 색인", "").Binary;
        binary[^6..].ToArray().ShouldBe([0, 2, 0, 1, 0, 2]);
        _terms.Length.ShouldBe(16_386);
    }
}
