using Shouldly;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class ChangedInputNamesTests
{
    [Fact]
    public void Every_input_has_the_name_by_which_it_is_found_again()
    {
        foreach (var input in Enum.GetValues<ChangedInputs>().Where(input => input != ChangedInputs.None))
        {
            ChangedInputNames.Parse(ChangedInputNames.Of(input).ShouldHaveSingleItem()).ShouldBe(input);
        }
    }

    [Fact]
    public void Several_are_named_in_one_order()
    {
        ChangedInputNames.Of(ChangedInputs.None).ShouldBeEmpty();
        string.Join(' ', ChangedInputNames.Of((ChangedInputs)~0)).ShouldBe(
            "text extractor chunker template model normalization index metadata sourceId expiresAt tier stemming");
    }

    [Fact]
    public void What_is_no_input_is_said() =>
        Should.Throw<FormatException>(() => ChangedInputNames.Parse("Text")).Message.ShouldContain("'Text'");
}
