using Shouldly;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Searching;
using Xunit;

namespace Tidemark.Core.Tests.Searching;

public sealed class GoldenSearchesTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly GoldenQuery Query = new() { Query = "q", Filter = ["lang=en"] };

    [Fact]
    public async Task It_asks_as_people_do_within_the_query_s_filter()
    {
        var asked = new List<SearchOptions>();
        var searches = new GoldenSearches(
            (query, options, _) =>
            {
                asked.Add(options);
                return Task.FromResult(Answer(4));
            },
            "other");

        (await searches.AskAsync(Query, 10, None)).ShouldBeEmpty();

        asked.Single().ShouldSatisfyAllConditions(
            one => one.Namespace.ShouldBe("other"), one => one.Mode.ShouldBe(SearchMode.Hybrid), one => one.Filter.Conditions.Count.ShouldBe(1));
        searches.Generation.ShouldBe(4);
    }

    [Fact]
    public async Task An_answer_by_words_alone_is_no_measure()
    {
        var outage = new ItemWarning("query", ErrorCodes.EmbeddingUnavailable, "answered by keywords alone: it is away", "try again");
        var searches = new GoldenSearches((_, _, _) => Task.FromResult(Answer(1) with { Degraded = SearchMode.Keyword, Warnings = [outage] }), "default");

        (await Should.ThrowAsync<TidemarkException>(searches.AskAsync(Query, 10, None))).Code.ShouldBe(ErrorCodes.EmbeddingUnavailable);
    }

    [Fact]
    public async Task Answers_of_two_generations_are_not_mixed()
    {
        var generation = 1L;
        var searches = new GoldenSearches((_, _, _) => Task.FromResult(Answer(generation++)), "default");

        await searches.AskAsync(Query, 10, None);

        (await Should.ThrowAsync<TidemarkException>(searches.AskAsync(Query, 10, None))).Code.ShouldBe(ErrorCodes.StoreBusy);
    }

    [Fact]
    public async Task A_question_that_the_model_does_not_take_is_named()
    {
        var searches = new GoldenSearches((_, _, _) => throw new TidemarkException(ErrorCodes.EmbeddingTooLong, "it is too long", "shorten it"), "default");

        (await Should.ThrowAsync<TidemarkException>(searches.AskAsync(Query, 10, None))).Message.ShouldContain("'q'");
    }

    private static SearchResult Answer(long generation) => new("q", "hashing:384", generation, []);
}
