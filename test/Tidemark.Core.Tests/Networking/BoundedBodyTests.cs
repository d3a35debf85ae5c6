using Shouldly;
using Tidemark.Networking;
using Xunit;

namespace Tidemark.Tests.Networking;

public sealed class BoundedBodyTests
{
    [Theory]
    [InlineData(0, 10, 0, true)]
    [InlineData(10, 10, 10, true)]
    [InlineData(11, 10, 10, false)]
    [InlineData(300_000, 200_000, 200_000, false)]
    [InlineData(200_000, 200_000, 200_000, true)]
    public async Task Exactly_as_much_as_there_may_be_is_read(int length, int most, int read, bool isWhole)
    {
        using var body = new MemoryStream(new byte[length]);

        var (bytes, whole) = await BoundedBody.ReadAsync(body, most, CancellationToken.None);

        (bytes.Length, whole).ShouldBe((read, isWhole));
    }

    [Fact]
    public async Task A_body_without_end_is_left_after_one_step_beyond_the_bound()
    {
        await using var body = new EndlessStream();

        var (bytes, isWhole) = await BoundedBody.ReadAsync(body, 1_000_000, CancellationToken.None);

        (bytes.Length, isWhole).ShouldBe((1_000_000, false));
        body.Given.ShouldBe(1_000_001);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
