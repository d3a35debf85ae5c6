using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Rewinding;
using Xunit;

namespace Tidemark.Tests.Rewinding;

public sealed class RewindBookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly CancellationToken None = CancellationToken.None;
    private readonly InMemoryStore _store = new(TimeProvider.System);

    [Fact]
    public async Task What_is_put_is_found_by_its_namespace_alone()
    {
        var state = new RewoundState(17, Noon, 12, Noon.AddMinutes(5)) { AcceptedAt = Noon.AddHours(1) };
        await Of("one").PutAsync(state, None);

        (await Of("one").FindAsync(None)).ShouldBe(state);
        (await Of("two").FindAsync(None)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_not_known_stays_so_and_the_last_word_counts()
    {
        var state = new RewoundState(3, KnownAt: null, 0, Noon);
        await Of("one").PutAsync(state with { Known = 2 }, None);
        await Of("one").PutAsync(state, None);

        (await Of("one").FindAsync(None)).ShouldBe(state);
    }

    [Fact]
    public async Task What_a_former_release_wrote_is_read()
    {
        var value = $$"""{"known":7,"knownAt":{{Noon.ToStored()}},"found":3,"acceptedAt":{{Noon.AddHours(2).ToStored()}}}""";
        await _store.ServiceEntries.PutAsync(new ServiceEntry("rewound", FeedBook.KeyOf("one", ""), value, Noon.AddHours(1)), None);

        (await Of("one").FindAsync(None)).ShouldBe(new RewoundState(7, Noon, 3, Noon.AddHours(1)) { AcceptedAt = Noon.AddHours(2) });
    }

    private RewindBook Of(string name) => new(_store.ServiceEntries, name);
}
