using Shouldly;
using Tidemark.Chunking.Structure;
using Xunit;

namespace Tidemark.Chunking;

/// <summary>How strong a boundary the start of each block of a text is, by its lines.</summary>
public sealed class BlockLevelsTests
{
    private static readonly ChunkScale Scale = new(800);

    [Theory]
    [InlineData("One\n\nTwo", "Block Block")]
    [InlineData("# One\n\nTwo\n\nThree", "Heading1 Glued Block")]
    [InlineData("# One\n\n## Two\n\nThree\n\n###### Four", "Heading1 Item Glued Heading6")]
    [InlineData("One\n===\nTwo\n---\nThree", "Heading1 Item Glued")]
    [InlineData("One\n\nTwo\n---\nThree", "Block Heading2 Glued")]
    [InlineData("One\n--\nTwo\n-\n", "Heading2 Glued Line")]
    [InlineData("One\n~~~~\n\nLonger\n++++\n", "Heading3 Glued Line")]
    [InlineData("One\nTwo\n---\nThree", "Block Line Line Line")]
    [InlineData("One.\nTwo\nThree", "Block Sentence Line")]
    [InlineData("One\n\n---\n\nTwo", "Block Transition Block")]
    [InlineData("# One\n\n---\n\nTwo", "Heading1 Glued Block")]
    [InlineData("One:\n\nTwo", "Block Introduced")]
    [InlineData("**One:**\n\n```\na\n```\n\nTwo", "Block Introduced Transition")]
    [InlineData("One\n\n- a\n- b\n  - c\n    - d\n\nTwo", "Block Item Item NestedItem DeepItem Transition")]
    [InlineData("One:\n\n- a\n- b\n\n- c", "Block NestedItem Item Item")]
    [InlineData("# One\n\n- a\n- b", "Heading1 Glued Item")]
    [InlineData("- a\n\n  b\n\n    c\n\nd", "Item NestedItem DeepItem Transition")]
    [InlineData("- a:\n\n  b", "Item DeepItem")]
    [InlineData("One\n```\na\n```\nTwo", "Block Introduced Transition")]
    [InlineData("One\n\n| a |\n| b |\nTwo", "Block Block Transition")]
    [InlineData("a | b\n--- | ---\nc | d\n\nTwo", "Block Transition")]
    [InlineData("One\n\n```\n# a\n\nb\n~~~\n```\n# Two", "Block Block Heading1")]
    [InlineData("````\n```\n# a\n`````\nTwo", "Block Transition")]
    public void What_a_block_is_and_what_stands_before_it_decide(string text, string levels)
    {
        var outline = new Outline();
        new BlockScanner(text, Scale, outline).Scan();

        string.Join(' ', outline.Boundaries.Select(one => one.Level)).ShouldBe(levels);
    }
}
