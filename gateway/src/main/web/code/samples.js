// A first program in each language; what is not here begins empty.

const SAMPLES = {
  python3: 'name = input("Who are you? ")\nfor i in range(3):\n    print(f"{i + 1}. Hello, {name}!")\n',
  c: '#include <stdio.h>\n\nint main() {\n    puts("hello");\n    return 0;\n}\n',
  "c++": '#include <iostream>\n\nint main() {\n    std::cout << "hello\\n";\n}\n',
  java: 'public class Main {\n    public static void main(String[] arguments) {\n        System.out.println("hello");\n    }\n}\n',
  javascript: 'console.log("hello");\n',
  bash: 'read -r name\necho "hello, $name"\n',
};

export function sample(language) {
  return SAMPLES[language] ?? "";
}

export function isSample(text) {
  return text === "" || Object.values(SAMPLES).includes(text);
}
