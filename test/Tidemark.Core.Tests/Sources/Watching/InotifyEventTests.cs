using System.Text;
using Shouldly;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources.Watching;

public sealed class InotifyEventTests
{
    [Fact]
    public void Events_are_read_one_after_another_with_and_without_names_and_a_cut_one_is_left()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        Write(writer, 3, InotifyCalls.Created | InotifyCalls.IsFolder, "naïve");
        Write(writer, -1, InotifyCalls.Overflow, "");
        writer.Write(7);

        InotifyEvent.ReadAll(bytes.ToArray(), (int)bytes.Length).ShouldBe(
        [
            new InotifyEvent(3, InotifyCalls.Created | InotifyCalls.IsFolder, "naïve"),
            new InotifyEvent(-1, InotifyCalls.Overflow, ""),
        ]);
    }

    private static void Write(BinaryWriter writer, int watch, uint mask, string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var padded = bytes.Length == 0 ? 0 : 16;
        writer.Write(watch);
        writer.Write(mask);
        writer.Write(0);
        writer.Write(padded);
        writer.Write([.. bytes, .. new byte[padded - bytes.Length]]);
    }
}
