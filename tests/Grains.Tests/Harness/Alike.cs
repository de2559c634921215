using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>Equality by value all the way down: records equate the lists in them by reference, and a JSON reader makes lists of its own kinds.</summary>
internal static class Alike
{
    public static void ShouldBeAlike(this object? actual, object? expected, string path = "$")
    {
        if (actual is null || expected is null or string or bool or IFormattable)
        {
            actual.ShouldBe(expected, path);
        }
        else if (expected is JsonElement json)
        {
            JsonElement.DeepEquals(actual.ShouldBeOfType<JsonElement>(path), json).ShouldBeTrue(path);
        }
        else if (expected is IEnumerable expectedItems)
        {
            object[] items = [.. actual.ShouldBeAssignableTo<IEnumerable>(path)!.Cast<object>()];
            object[] wanted = [.. expectedItems.Cast<object>()];
            items.Length.ShouldBe(wanted.Length, path);
            for (var i = 0; i < items.Length; i++)
                items[i].ShouldBeAlike(wanted[i], $"{path}[{i}]");
        }
        else
        {
            actual.GetType().ShouldBe(expected.GetType(), path);
            foreach (var property in expected.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
                property.GetValue(actual).ShouldBeAlike(property.GetValue(expected), $"{path}.{property.Name}");
        }
    }
}
