using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tidemark.Records;
using Tidemark.Sqlite.Layouts;
using Xunit;

namespace Tidemark.Sqlite.Tests.Layouts;

public sealed class LayoutTests
{
    [Fact]
    public void Any_layout_comes_back_as_it_was()
    {
        var entry =
            from chunk in Gen.Choose(0, int.MaxValue)
            from start in Gen.Choose(0, int.MaxValue / 2)
            from length in Gen.Choose(0, 1_000_000)
            from heading in Gen.Elements(null, "", "Install", "Install > Linux", "Ünï > 🌊")
            select new LayoutEntry(chunk * 5L, start, length, heading);
        var writer = new LayoutWriter();

        Prop.ForAll(entry.ArrayOf().ToArbitrary(), layout => LayoutReader.Read(Write(writer, layout)).SequenceEqual(layout))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_partition_with_one_heading_costs_a_few_bytes_a_chunk()
    {
        var layout = Enumerable.Range(0, 100)
            .Select(i => new LayoutEntry(1_000_000 + i, i * 800, 800, "Guide > Install")).ToArray();

        Write(new LayoutWriter(), layout).Length.ShouldBeLessThan(550);
    }

    [Fact]
    public void A_damaged_layout_is_noticed()
    {
        var bytes = Write(new LayoutWriter(), [new LayoutEntry(1, 0, 5, "Heading"), new LayoutEntry(2, 5, 5, "Heading")]);

        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Should.Throw<FormatException>(() => LayoutReader.Read(cut));
        }

        Should.Throw<FormatException>(() => LayoutReader.Read([0xFF, 0xFF, 0xFF, 0xFF, 0x0F]));
    }

    private static byte[] Write(LayoutWriter writer, LayoutEntry[] layout)
    {
        writer.Begin(layout.Length);
        foreach (var entry in layout)
        {
            writer.Add(entry.Chunk, entry.Start, entry.Length, entry.Heading);
        }

        return writer.Written.ToArray();
    }
}
