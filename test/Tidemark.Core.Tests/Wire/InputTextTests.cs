using System.Globalization;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Searching;
using Tidemark.Syncing;
using Tidemark.Wire;
using Xunit;

namespace Tidemark.Tests.Wire;

public sealed class InputTextTests
{
    private static readonly InputName Flag = InputName.Flag("--x");

    [Theory]
    [InlineData("20%", false, null, 0.2, true)]
    [InlineData("0", false, 0L, null, true)]
    [InlineData("2.5%", false, null, 0.025, true)]
    [InlineData(null, false, 10L, 0.2, true)]
    [InlineData("5", true, null, null, false)]
    public void The_deletion_bound_is_a_number_or_a_share(
        string? text, bool allow, long? documents, double? share, bool enabled) =>
        GuardText.Parse(Flag, text, allow, DeletionGuard.Default).ShouldBe(new DeletionGuard(documents, share, enabled));

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("101%")]
    [InlineData("-1%")]
    [InlineData("5x")]
    public void What_is_no_bound_is_a_mistake_even_where_everything_may_go(string text)
    {
        var failure = Should.Throw<TidemarkException>(() => GuardText.Parse(Flag, text, allowDelete: true, DeletionGuard.Default));

        failure.Code.ShouldBe(ErrorCodes.Usage);
        failure.Message.ShouldBe($"'--x' is '{text}'");
        failure.Remedy.ShouldBe("give it a number of documents, or a share of the source: '--x 100', '--x 25%'");
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("2.50", "2.50")]
    [InlineData("1e-4", "0.0001")]
    [InlineData("1000000", "1000000")]
    public void Money_is_an_amount_of_USD(string text, string usd) =>
        MoneyText.Parse(Flag, text).ToString(CultureInfo.InvariantCulture).ShouldBe(usd);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1,5")]
    [InlineData("$2")]
    [InlineData("1000000.01")]
    public void What_is_no_amount_is_told_in_the_caller_s_words(string? text)
    {
        Should.Throw<TidemarkException>(() => MoneyText.Parse(Flag, text)).Remedy
            .ShouldBe("give it an amount of USD, not negative: '--x 2.50'");
        Should.Throw<TidemarkException>(() => MoneyText.Parse(InputName.Parameter("budget"), text)).Remedy
            .ShouldBe("give it an amount of USD, not negative: 'budget=2.50'");
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("+7", 7)]
    [InlineData("100", 100)]
    public void A_number_keeps_to_its_bounds(string text, double number) =>
        NumberText.Parse(Flag, text, new NumberBounds(1, 100)).ShouldBe(number);

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("1.5")]
    [InlineData("1e1")]
    [InlineData("NaN")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_beyond_the_bounds_names_them(string? text)
    {
        var failure = Should.Throw<TidemarkException>(() => NumberText.Parse(Flag, text, new NumberBounds(1, 100)));

        failure.Code.ShouldBe(ErrorCodes.Usage);
        failure.Message.ShouldBe($"'--x' is '{text}'");
        failure.Remedy.ShouldBe("give it a whole number from 1 to 100");
    }

    [Fact]
    public void A_duration_is_seconds_with_a_fraction()
    {
        DurationText.Parse(Flag, "1.5", TimeSpan.FromDays(7)).ShouldBe(TimeSpan.FromSeconds(1.5));
        Should.Throw<TidemarkException>(() => DurationText.Parse(Flag, "-1", TimeSpan.FromDays(7))).Remedy
            .ShouldBe("give it a number from 0 to 604800");
        Should.Throw<TidemarkException>(() => DurationText.Parse(Flag, "604801", TimeSpan.FromDays(7)));
    }

    [Theory]
    [InlineData(null, SearchMode.Hybrid)]
    [InlineData("hybrid", SearchMode.Hybrid)]
    [InlineData("vector", SearchMode.Vector)]
    [InlineData("keyword", SearchMode.Keyword)]
    public void Modes_have_names(string? name, SearchMode mode)
    {
        SearchModeText.Parse(Flag, name).ShouldBe(mode);
        SearchModeText.Of(mode).ShouldBe(name ?? "hybrid");
    }

    [Fact]
    public void Every_name_of_a_mode_is_read_and_no_other()
    {
        SearchModeText.Names.Select(name => SearchModeText.Of(SearchModeText.Parse(Flag, name))).ShouldBe(SearchModeText.Names);
        Should.Throw<TidemarkException>(() => SearchModeText.Parse(Flag, "Vector")).Remedy.ShouldBe("make it 'hybrid', 'vector' or 'keyword'");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Full", null)]
    [InlineData("none", CleanupMode.None)]
    [InlineData("incremental", CleanupMode.Incremental)]
    [InlineData("scoped-full", CleanupMode.Incremental)]
    [InlineData("full", CleanupMode.Full)]
    public void Cleanup_modes_have_names(string? name, CleanupMode? mode)
    {
        CleanupModeName.Parse(name).ShouldBe(mode);
        if (mode is { } known)
        {
            CleanupModeName.All.ShouldContain(name);
            CleanupModeName.Parse(CleanupModeName.Of(known)).ShouldBe(known);
        }
    }

    [Theory]
    [InlineData("", null, "'--path' is empty")]
    [InlineData("*", null, "'--path' is empty")]
    [InlineData(null, "", "'source' is empty")]
    public void A_limit_that_is_empty_would_let_everything_pass(string? path, string? source, string message) =>
        Should.Throw<TidemarkException>(() => Filter([], path, source)).Message.ShouldBe(message);

    [Fact]
    public void A_filter_is_its_conditions_and_where_it_looks()
    {
        var filter = Filter(["lang=en"], "docs/guide", "docs");

        (filter.Conditions.Single().Key, filter.Path, filter.Source).ShouldBe(("lang", "docs/guide", "docs"));
        Filter([], null, null).IsEmpty.ShouldBeTrue();
        Should.Throw<TidemarkException>(() => Filter(["lang"], null, null)).Code.ShouldBe(ErrorCodes.Usage);
    }

    private static MetadataFilter Filter(string[] conditions, string? path, string? source) =>
        FilterText.Parse(conditions, (InputName.Flag("--path"), path), (InputName.Parameter("source"), source));
}
