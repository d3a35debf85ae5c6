namespace Tidemark.Formats;

/// <summary>
/// Tells from the characters alone that YAML nests beyond reason, before a parser is asked, whose time grows with the square of the
/// depth.
/// </summary>
internal static class YamlNesting
{
    public static bool IsDeeperThan(string yaml, int most)
    {
        int brackets = 0, marks = 0;
        for (var i = 0; i < yaml.Length; i++)
        {
            switch (yaml[i])
            {
                case '[' or '{':
                    (brackets, marks) = (brackets + 1, 0);
                    break;
                case ']' or '}':
                    (brackets, marks) = (Math.Max(0, brackets - 1), 0);
                    break;
                case '-' or '?' when i + 1 == yaml.Length || char.IsWhiteSpace(yaml[i + 1]):
                    marks++;
                    break;
                case var c when !char.IsWhiteSpace(c):
                    marks = 0;
                    break;
            }

            if (brackets > most || marks > most)
            {
                return true;
            }
        }

        return false;
    }
}
