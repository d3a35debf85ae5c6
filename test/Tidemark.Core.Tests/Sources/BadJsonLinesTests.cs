using System.Text;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

public sealed class BadJsonLinesTests
{
    private const string Good = """{"id":"good","text":"x"}""";

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("{\"text\":\"x\"")]
    [InlineData("{\"id\":true,\"text\":\"x\"}")]
    [InlineData("{\"id\":{},\"text\":\"x\"}")]
    [InlineData("{\"id\":\"\",\"text\":\"x\"}")]
    [InlineData("{\"id\":\"a\\u0000\",\"text\":\"x\"}")]
    [InlineData("{\"id\":\"\\ud800\",\"text\":\"x\"}")]
    [InlineData("{\"metadata\":5,\"text\":\"x\"}")]
    [InlineData("{\"other\":\"x\"}")]
    [InlineData("{\"text\":\"\\udc00\"}")]
    [InlineData("{\"deleted\":true}")]
    public async Task A_line_without_a_usable_id_fails_by_its_number_and_makes_the_listing_incomplete(string line)
    {
        var listing = await JsonLinesSourceTests.ListAsync($"{Good}\n{line}\n{Good}\n");
        listing.Ids.ShouldBe(["good", "good"]);
        var failure = listing.Failures.ShouldHaveSingleItem();
        failure.Item.ShouldBe("line 2");
        failure.HidesDocuments.ShouldBeTrue();
        failure.Message.ShouldContain("'line 2'");
        failure.Remedy.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("{\"id\":\"a\"}", "no text")]
    [InlineData("{\"id\":\"a\",\"text\":5}", "'text'")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",}", "not JSON")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\"} x", "not JSON")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\\u0000\"}", "PostgreSQL")]
    [InlineData("{\"id\":\"a\",\"text\":\"\\ud83d\"}", "surrogate")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"metadata\":{\"k\":\"\\ud83d\"}}", "surrogate")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"metadata\":{\"k\":\"\\u0000\"}}", "NUL")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"metadata\":[1]}", "'metadata'")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"version\":1.5}", "modified_at")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"version\":\"v2\"}", "modified_at")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"version\":99999999999999999999}", "modified_at")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"modified_at\":\"yesterday\"}", "'modified_at'")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"modified_at\":\"2026-13-01\"}", "'modified_at'")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"modified_at\":1769853600000}", "'modified_at'")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"modified_at\":1e999}", "'modified_at'")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"expires_at\":true}", "'expires_at'")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"tier\":1}", "'tier'")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"deleted\":\"yes\"}", "'deleted'")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"embedding\":[]}", "'embedding'")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"embedding\":[1,\"2\"]}", "'embedding'")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"embedding\":[1e99]}", "'embedding'")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"embedding\":{\"space\":\"s\"}}", "'embedding'")]
    [InlineData("{\"id\":\"a\",\"text\":\"x\",\"embedding\":{\"space\":1,\"vector\":[1]}}", "'embedding.space'")]
    public async Task A_line_whose_id_is_known_is_listed_and_fails_when_read(string line, string named)
    {
        var listing = await JsonLinesSourceTests.ListAsync($"{line}\n{Good}\n");
        listing.Failures.ShouldBeEmpty();
        listing.Ids.ShouldBe(["a", "good"]);
        var error = listing.FaultOf("a");
        error.Code.ShouldBe(ErrorCodes.SourceMalformed);
        $"{error.Message} {error.Remedy}".ShouldContain(named);
        listing.Documents.Single().Id.ShouldBe("good");
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_fail_alone()
    {
        byte[] content = [.. "{\"id\":\"a\",\"text\":\""u8, 0xE9, .. "\"}\n{\"id\":\""u8, 0xE9, .. "\",\"text\":\"x\"}\n"u8];
        var listing = await Listing.OfAsync(
            new JsonLinesSource(new MemoryStream(content), new JsonLinesOptions()), read: true);
        listing.FaultOf("a").Message.ShouldContain("UTF-8");
        listing.Failures.ShouldHaveSingleItem().Item.ShouldBe("line 2");
    }

    [Theory]
    [InlineData("{\"id\":\"b\",\"text\":\"cut o")]
    [InlineData("{\"id\":\"b\"")]
    [InlineData("{\"id\":\"b\",\"text\":\"x\"},")]
    [InlineData("{")]
    public async Task A_stream_that_ends_inside_a_line_makes_the_listing_incomplete(string end)
    {
        var listing = await JsonLinesSourceTests.ListAsync($"{Good}\n{end}");
        listing.Ids.ShouldBe(["good"]);
        var failure = listing.Failures.ShouldHaveSingleItem();
        failure.HidesDocuments.ShouldBeTrue();
        failure.Message.ShouldContain("cut off");
    }

    [Fact]
    public async Task A_last_line_without_newline_is_fine_if_it_is_whole()
    {
        var listing = await JsonLinesSourceTests.ListAsync($"{Good}\n{{\"id\":\"b\",\"text\":\"x\"}}");
        listing.Ids.ShouldBe(["good", "b"]);
        listing.Failures.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"text\":\"x\"}")]
    [InlineData("nonsense\n{\"text\":\"x\"}\n{\"id\":\"a\",\"text\":\"x\"}")]
    [InlineData("\n{\"deleted\":true}")]
    public async Task A_first_record_without_identity_is_a_usage_error_before_any_page(string content)
    {
        var options = new JsonLinesOptions { RequireIdentity = true, BlockBytes = 16 };
        await using var pages = JsonLinesSourceTests.Source(content, options)
            .ListAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var error = await Should.ThrowAsync<TidemarkException>(async () =>
        {
            while (await pages.MoveNextAsync())
            {
                pages.Current.Items.Length.ShouldBe(0);
                pages.Current.Dispose();
            }
        });
        error.Code.ShouldBe(ErrorCodes.Usage);
        error.Remedy.ShouldContain("JsonLinesOptions.IdKey");
    }

    [Fact]
    public async Task Later_records_without_identity_fail_singly()
    {
        var listing = await JsonLinesSourceTests.ListAsync(
            $"{Good}\n{{\"text\":\"x\"}}\n{Good}", new JsonLinesOptions { RequireIdentity = true });
        listing.Ids.Count.ShouldBe(2);
        var failure = listing.Failures.ShouldHaveSingleItem();
        failure.Code.ShouldBe(ErrorCodes.SourceUnidentified);
        failure.HidesDocuments.ShouldBeTrue();
    }

    [Fact]
    public async Task With_a_key_given_even_the_first_record_fails_singly()
    {
        var listing = await JsonLinesSourceTests.ListAsync(
            "{\"text\":\"x\"}\n{\"text\":\"y\",\"source\":\"s\"}",
            new JsonLinesOptions { RequireIdentity = true, SourceIdKey = "source" });
        listing.Ids.Count.ShouldBe(1);
        listing.Failures.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.SourceUnidentified);
    }

    [Fact]
    public async Task Nesting_without_end_is_malformed()
    {
        var line = $"{{\"text\":\"x\",\"m\":{new string('[', 100_000)}{new string(']', 100_000)}}}";
        var failure = (await JsonLinesSourceTests.ListAsync(line + "\n")).Failures.ShouldHaveSingleItem();
        failure.Item.ShouldBe("line 1");
        failure.Message.ShouldBe("'line 1' nests deeper than 256 levels");
        failure.Remedy.ShouldContain("flatten");
    }
}
